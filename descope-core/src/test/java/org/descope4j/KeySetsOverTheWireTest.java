package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.descope4j.session.TokenMint.aSession;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.descope4j.session.Corpus;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.MovableClock;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.descope4j.session.TokenMint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer of the corpus to a request for the keys, with its status and headers, as it comes out of a socket. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeySetsOverTheWireTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final String KEYS = "/v2/keys/" + PROJECT_ID;
    private static final Corpus VARIANTS = Corpus.read("jwks_variants.json");
    private static final String ELLIPTIC_ID = "SK2oEdN6FruofsipR7PwAdBRtjRt";

    /** A genuine session of each key that any of the answers publishes. */
    private static final Map<String, String> SESSIONS = Map.of(
            "SK2hEBF3rN7qCvnCKz7exBt57MHw",
            genuine("public.json", "p-valid-iss-plain"),
            "SK2diS9WNriHuNVLe99SSyrcBNM8",
            genuine("public.json", "p-valid-key-b"),
            "SK2grvC2beopzPBFUKnvf8C4pKTq",
            genuine("public.json", "p-weak-key-rsa1024"),
            ELLIPTIC_ID,
            genuine("ambiguous_jwt.json", "amb-es256-valid"));

    private static final SigningKey OLD = SigningKey.generate("SKold", SigningAlgorithm.RS256);
    private static final String OLD_SESSION = aSession()
            .with("exp", TokenMint.NOW.plus(Duration.ofDays(1)).getEpochSecond())
            .signedBy(OLD);

    private final MovableClock clock = new MovableClock();
    private final ScriptedService service = new ScriptedService();
    private final Descope descope = Descope.connect(DescopeSettings.forProject(PROJECT_ID)
            .baseUri(service.baseUri())
            .algorithms(Set.of(SigningAlgorithm.values()))
            .clock(clock)
            .build());

    @AfterEach
    void stop() throws IOException {
        descope.close();
        service.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void K1_J28_only_sessions_of_the_usable_keys_of_an_answer_are_accepted(JsonObject theCase) {
        service.answers(KEYS, answer(theCase));

        assertThat(SESSIONS.entrySet().stream()
                        .filter(session -> isAccepted(session.getValue()))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(usableIds(theCase));
        assertThat(service.requests(KEYS)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void K1_K3_an_answer_without_usable_keys_wipes_out_none(JsonObject theCase) {
        service.answers(KEYS, ScriptedService.json(200, new String(SigningKey.document(OLD), StandardCharsets.UTF_8)));
        assertThat(isAccepted(OLD_SESSION)).isTrue();
        service.answers(KEYS, answer(theCase));
        clock.move(Duration.ofMinutes(10));

        assertThat(isAccepted(OLD_SESSION))
                .isEqualTo(theCase.getString("cacheAfter").equals("keep"));
        assertThat(service.requests(KEYS)).hasSize(2);
    }

    @Test
    void the_corpus_is_complete() {
        assertThat(VARIANTS.cases()).hasSize(62);
    }

    static Stream<Arguments> cases() {
        return VARIANTS.cases().map(theCase -> Arguments.of(Named.of(theCase.getString("id"), theCase)));
    }

    /** With all algorithms allowed, the corpus leaves it to us to use the elliptic key, too. */
    private static Set<String> usableIds(JsonObject theCase) {
        Stream<String> listed = theCase.getJsonArray("usableKids").getValuesAs(JsonString::getString).stream();
        Stream<String> elliptic =
                Stream.of(ELLIPTIC_ID).filter(id -> theCase.getString("id").equals("jwks-with-ec"));
        return Set.of(Stream.concat(listed, elliptic).toArray(String[]::new));
    }

    private static String answer(JsonObject theCase) {
        return ScriptedService.http(
                theCase.getInt("status"),
                theCase.getString("contentType"),
                theCase.getString("body").replace("REPEAT:2000000", "x".repeat(2_000_000)),
                theCase.getJsonObject("headers").entrySet().stream()
                        .map(header -> header.getKey() + ": " + ((JsonString) header.getValue()).getString())
                        .toArray(String[]::new));
    }

    private boolean isAccepted(String sessionJwt) {
        try {
            descope.validator().validate(sessionJwt);
            return true;
        } catch (InvalidSessionException | KeysUnavailableException e) {
            return false;
        }
    }

    private static String genuine(String corpus, String id) {
        return Corpus.read(corpus).theCase(id).getString("token");
    }
}
