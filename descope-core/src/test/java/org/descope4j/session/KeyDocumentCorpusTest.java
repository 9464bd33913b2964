package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyDocumentCorpusTest {

    private static final Corpus VARIANTS = Corpus.read("jwks_variants.json");

    /** The body is good; status and media type say that it is no answer. Whoever makes the request sees to that. */
    private static final Set<String> DECIDED_BY_THE_FETCHER = Set.of(
            "jwks-html-200",
            "jwks-status-204",
            "jwks-status-301",
            "jwks-status-302",
            "jwks-status-307",
            "jwks-status-400",
            "jwks-status-401",
            "jwks-status-403",
            "jwks-status-404",
            "jwks-status-429",
            "jwks-status-500",
            "jwks-status-502",
            "jwks-status-503");

    private static final SigningKey OLD = SigningKey.generate("SKold", SigningAlgorithm.ES256);
    private static final Set<String> IDS = Set.of(
            "SK2hEBF3rN7qCvnCKz7exBt57MHw",
            "SK2diS9WNriHuNVLe99SSyrcBNM8",
            "SK2grvC2beopzPBFUKnvf8C4pKTq",
            "",
            "7",
            "null",
            "../../x\r\nSet-Cookie: a=b");
    private static final String ELLIPTIC_ID = "SK2oEdN6FruofsipR7PwAdBRtjRt";

    @ParameterizedTest
    @MethodSource("cases")
    void K1_J28_only_the_usable_keys_of_a_document_are_used(JsonObject theCase) {
        KeyService service = new KeyService();
        service.publish(body(theCase));
        KeySource keys = KeySource.caching(service, new MovableClock());

        assertThat(IDS.stream().filter(id -> isFound(keys, id)))
                .containsExactlyInAnyOrderElementsOf(
                        theCase.getJsonArray("usableKids").getValuesAs(JsonString::getString));
        assertThat(isFound(keys, ELLIPTIC_ID)).isEqualTo(theCase.getString("id").equals("jwks-with-ec"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void K1_a_document_that_is_no_answer_wipes_out_no_key(JsonObject theCase) {
        MovableClock clock = new MovableClock();
        KeyService service = new KeyService(OLD);
        KeySource keys = KeySource.caching(service, clock);
        keys.requireKeys();
        service.publish(body(theCase));
        clock.move(Duration.ofMinutes(10));

        boolean isKept = isFound(keys, OLD.id());

        assertThat(isKept).isEqualTo(theCase.getString("cacheAfter").equals("keep"));
    }

    @Test
    void a_private_key_in_a_document_is_reported_without_its_value() {
        JsonObject theCase = VARIANTS.theCase("jwks-private");
        try (LogRecorder log = LogRecorder.ofThisPackage()) {
            new JsonWebKeys().read(body(theCase));

            assertThat(log.warnings()).hasSize(1);
            assertThat(log.text()).contains("private key").doesNotContain("AQAB", "SK2h");
        }
    }

    @Test
    void the_corpus_is_complete() {
        assertThat(VARIANTS.cases()).hasSize(62);
        assertThat(VARIANTS.cases().map(theCase -> theCase.getString("id"))).containsAll(DECIDED_BY_THE_FETCHER);
    }

    static Stream<Arguments> cases() {
        Predicate<String> isDecidedElsewhere = DECIDED_BY_THE_FETCHER::contains;
        return VARIANTS.cases()
                .filter(theCase -> isDecidedElsewhere.negate().test(theCase.getString("id")))
                .map(theCase -> Arguments.of(Named.of(theCase.getString("id"), theCase)));
    }

    private static byte[] body(JsonObject theCase) {
        return theCase.getString("body")
                .replace("REPEAT:2000000", "x".repeat(2_000_000))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isFound(KeySource keys, String id) {
        try {
            return keys.find(id).isPresent();
        } catch (KeysUnavailableException e) {
            return false;
        }
    }
}
