package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.SignedIn;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that answers for another user than it was asked about: nobody gets in as somebody else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfusedDescopeTest {
    private static final String VERIFY = "/v1/auth/magiclink/verify";
    private static final String ADA = "ada@example.com";
    private static final String EVE = "eve@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final FaultyDescope descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
    private final ServedApplication application =
            ServedApplication.start(emulator, descope.baseUri(), settings -> settings, Heard.LISTENING);

    @BeforeEach
    void hearNothing() {
        Heard.nothing();
    }

    @AfterEach
    void stop() {
        application.close();
        descope.close();
        emulator.close();
    }

    private Answer opened(Browser browser) {
        browser.askForLink("email", ADA, "");
        return browser.get(application.linkTo(ADA).toString());
    }

    private void assertNobody(Browser browser, Answer answer) {
        VerifyEndpointTest.assertProtected(answer);
        assertThat(browser.has("DS") || browser.has("DSR") || browser.has("DSP"))
                .isFalse();
        assertThat(browser.get("/app/account").status()).isNotEqualTo(200);
    }

    @Test
    void N10_va_01_the_jwts_of_one_user_with_the_description_of_another_sign_nobody_in() {
        SignedIn eve = emulator.signIn(EVE);
        Browser browser = application.browser();
        descope.answers(
                VERIFY,
                body -> body.replaceFirst("\"sessionJwt\":\"[^\"]*\"", "\"sessionJwt\":\"" + eve.sessionJwt() + '"')
                        .replaceFirst("\"refreshJwt\":\"[^\"]*\"", "\"refreshJwt\":\"" + eve.refreshJwt() + '"'));

        Answer answer = opened(browser);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(Heard.last().reason()).isEqualTo(Reason.ANSWER_NOT_ACCEPTABLE);
        assertNobody(browser, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"loginIds\":[\"ada@example.com\"]}",
                "{\"userId\":\"\",\"loginIds\":[\"ada@example.com\"]}"
            })
    void N10_va_10_without_a_user_in_the_answer_nobody_signs_in_and_the_session_is_revoked(String user) {
        Browser browser = application.browser();
        descope.answers(VERIFY, body -> body.replaceFirst("\"user\":", "\"user\":" + user + ",\"somebody\":"));

        Answer answer = opened(browser);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Heard.last().reason()).isEqualTo(Reason.OTHER_USER);
        assertThat(revocations()).isEqualTo(1);
        assertNobody(browser, answer);
    }

    @Test
    void N10_va_03_an_answer_in_a_list_signs_nobody_in() {
        Browser browser = application.browser();
        descope.answers(VERIFY, body -> "[" + body + "]");

        Answer answer = opened(browser);

        assertThat(answer.status()).isEqualTo(503);
        assertNobody(browser, answer);
    }

    @Test
    void N10_a_user_of_two_subjects_of_one_name_is_told_from_the_other_in_cookies() {
        String adas = templated(emulator.signIn(ADA).sessionJwt(), "U2ada");
        String eves = templated(emulator.signIn(EVE).refreshJwt(), "U2eve");
        Browser browser = application.browser();
        browser.plant("DS", adas);
        browser.plant("DSR", eves);

        Answer answer = browser.get("/app/account");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("principal=U2ada ");
        assertThat(answer.setCookie("DSR")).contains("Max-Age=0");
        emulator.advanceClock(Duration.ofMinutes(11));
        browser.plant("DSR", eves);
        assertThat(browser.get("/app/account").status()).isNotEqualTo(200);
        assertThat(emulator.requests())
                .as("a refresh JWT of somebody else is not sent")
                .noneMatch(call -> call.path().equals("/v1/auth/refresh"));
    }

    /** The same JWT with a subject that a template put in place of the user ID. */
    private String templated(String jwt, String userId) {
        Map<String, Object> claims = ForeignTokensTest.claims(jwt);
        claims.put("sub", "everybody");
        claims.put("dsub", userId);
        return emulator.sign(claims);
    }

    @Test
    void V25_a_mismatch_is_revoked() {
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");
        application.browser().askForLink("email", EVE, "");
        URI adas = application.linkTo(ADA);

        Answer answer = browser.get(
                adas.getPath() + "?t=" + emulator.inbox().latest(EVE).token());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Heard.last().kind()).isEqualTo(Kind.REFUSED);
        assertThat(revocations()).isEqualTo(1);
        assertNobody(browser, answer);
    }

    private long revocations() {
        return emulator.requests().stream()
                .filter(call -> call.path().equals("/v1/auth/logout"))
                .count();
    }
}
