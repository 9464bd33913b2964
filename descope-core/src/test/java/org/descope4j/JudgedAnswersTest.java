package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.descope4j.ScriptedService.json;
import static org.descope4j.session.TokenMint.aRefreshToken;
import static org.descope4j.session.TokenMint.aSession;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.MovableClock;
import org.descope4j.session.Secrets;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.descope4j.session.TokenMint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer with HTTP 200 is taken for nothing but what its JWTs prove. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JudgedAnswersTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final String VERIFY = "/v1/auth/magiclink/verify";
    private static final String REFRESH = "/v1/auth/refresh";
    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final SigningKey NAMESAKE = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final String SESSION = aSession().signedBy(KEY);
    private static final String REFRESH_JWT = aRefreshToken().signedBy(KEY);
    private static final String SOMEBODY_ELSE = "U2zyxwvutsrqponmlkjihgfedcba";

    private final ScriptedService service = new ScriptedService();
    private final Descope descope = Descope.connect(DescopeSettings.forProject(PROJECT_ID)
            .baseUri(service.baseUri())
            .clock(new MovableClock())
            .build());

    @BeforeEach
    void publishKeys() {
        service.answers(
                "/v2/keys/" + PROJECT_ID, json(200, new String(SigningKey.document(KEY), StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() throws IOException {
        descope.close();
        service.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void K13_an_answer_whose_jwts_prove_nothing_signs_nobody_in(String what, String sessionJwt, String refreshJwt) {
        service.answers(VERIFY, json(200, answer(sessionJwt, refreshJwt)));

        Throwable thrown = catchThrowable(() -> descope.magicLinks().verify("link-token"));

        assertThat(thrown).isInstanceOfAny(InvalidSessionException.class, DescopeUnavailableException.class);
        assertThat(Secrets.in(thrown)).isEmpty();
    }

    static Stream<Arguments> K13_an_answer_whose_jwts_prove_nothing_signs_nobody_in() {
        Map<String, String> sessions = new LinkedHashMap<>();
        sessions.put("missing", "");
        sessions.put("no JWT", "signed-in");
        sessions.put(
                "of another project",
                aSession().with("iss", "P2zyxwvutsrqponmlkjihgfedcba").signedBy(KEY));
        sessions.put("of another user", aSession().with("sub", SOMEBODY_ELSE).signedBy(KEY));
        sessions.put("of another kind", REFRESH_JWT);
        sessions.put(
                "unsigned",
                aSession()
                                .withHeader("alg", "\"none\"")
                                .withHeader("kid", "\"SKgenuine\"")
                                .unsigned() + ".");
        sessions.put("signed by a stranger", aSession().signedBy(NAMESAKE));
        sessions.put(
                "expired",
                aSession().with("exp", TokenMint.NOW.getEpochSecond() - 6).signedBy(KEY));
        Map<String, String> refreshes = new LinkedHashMap<>();
        refreshes.put("missing", "");
        refreshes.put("no JWT", "signed-in");
        refreshes.put(
                "of another user", aRefreshToken().with("sub", SOMEBODY_ELSE).signedBy(KEY));
        refreshes.put("of another kind", SESSION);
        refreshes.put("signed by a stranger", aRefreshToken().signedBy(NAMESAKE));
        return Stream.concat(
                sessions.entrySet().stream()
                        .map(session ->
                                Arguments.of("session JWT " + session.getKey(), session.getValue(), REFRESH_JWT)),
                refreshes.entrySet().stream()
                        .map(refresh -> Arguments.of("refresh JWT " + refresh.getKey(), SESSION, refresh.getValue())));
    }

    @Test
    void K13_a_refresh_that_answers_another_users_session_refreshes_nothing() {
        service.answers(
                REFRESH,
                json(
                        200,
                        answer(
                                aSession().with("sub", SOMEBODY_ELSE).signedBy(KEY),
                                aRefreshToken().with("sub", SOMEBODY_ELSE).signedBy(KEY))));

        assertThat(catchThrowable(() -> descope.sessions().refresh(REFRESH_JWT)))
                .isInstanceOf(InvalidSessionException.class);
    }

    @Test
    void K14_a_cookie_domain_and_path_in_an_answer_are_hints_and_cost_no_sign_in() {
        service.answers(
                VERIFY,
                json(
                        200,
                        answer(SESSION, REFRESH_JWT)
                                .replace(
                                        "{",
                                        "{\"cookieDomain\":\".evil\",\"cookiePath\":\"/;x=y\",\"cookieName\":\"a b\",")));

        SignIn signIn = descope.magicLinks().verify("link-token");

        assertThat(signIn.session().subject()).isNotBlank();
        assertThat(signIn.details().cookies().domain()).contains(".evil");
        assertThat(signIn.details().cookies().path()).contains("/;x=y");
    }

    private static String answer(String sessionJwt, String refreshJwt) {
        return "{\"sessionJwt\":\"" + sessionJwt + "\",\"refreshJwt\":\"" + refreshJwt + "\"}";
    }
}
