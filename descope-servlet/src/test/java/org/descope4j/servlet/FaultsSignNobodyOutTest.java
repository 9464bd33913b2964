package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service, a gateway, a clock or a key that is wrong for a while ends nobody's session (issue 14, points 4 and 5). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsSignNobodyOutTest {
    private static final String ADA = "ada@example.com";
    private static final String REFRESH = "/v1/auth/refresh";
    private static final String[] AS_A_PERSON = {"Accept", "text/html", "Sec-Fetch-Mode", "navigate"};

    private DescopeEmulator emulator = DescopeEmulator.start();
    private FaultyDescope descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
    private ServedApplication application = ServedApplication.start(emulator, descope.baseUri(), settings -> settings);

    @AfterEach
    void stop() {
        application.close();
        descope.close();
        emulator.close();
    }

    private void restart(boolean rotates) {
        stop();
        emulator = DescopeEmulator.builder().rotatesRefreshTokens(rotates).start();
        descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
        application = ServedApplication.start(emulator, descope.baseUri(), settings -> settings);
    }

    @ParameterizedTest(name = "{0}, refresh JWTs rotate: {1}")
    @CsvSource({
        "expired, false",
        "expired, true",
        "not yet valid, false",
        "not yet valid, true",
        "issued later, false",
        "issued later, true",
        "of an unknown key, false",
        "of an unknown key, true",
        "unreadable, false",
        "unreadable, true",
        "of another kind, true",
        "for another audience, true",
        "missing, true",
    })
    void N3_an_answer_to_a_refresh_that_is_not_acceptable_says_nothing_about_the_session(
            String fault, boolean rotates) {
        restart(rotates);
        Browser browser = application.signedIn(ADA);
        String refreshJwt = browser.cookie("DSR");
        emulator.advanceClock(Duration.ofMinutes(11));
        descope.answers(REFRESH, withSessionJwt(fault));

        Answer page = browser.get("/app/account");
        Answer inPublic = browser.get("/app/who");

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.setCookies()).isEmpty();
        assertThat(inPublic.status()).isEqualTo(200);
        assertThat(inPublic.body()).contains("principal=none");
        assertThat(inPublic.setCookies()).isEmpty();
        assertThat(browser.cookie("DSR")).isEqualTo(refreshJwt);
        descope.answers(REFRESH, UnaryOperator.identity());
        emulator.advanceClock(Duration.ofSeconds(20));
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
    }

    private UnaryOperator<String> withSessionJwt(String fault) {
        return body -> body.replaceFirst("(\"sessionJwt\":\")([^\"]*)\"", "$1" + wrong(fault, body) + '"');
    }

    private String wrong(String fault, String body) {
        String jwt = body.replaceFirst("(?s).*\"sessionJwt\":\"([^\"]*)\".*", "$1");
        Map<String, Object> claims = ForeignTokensTest.claims(jwt);
        long now = emulator.clock().instant().getEpochSecond();
        switch (fault) {
            case "expired" -> claims.put("exp", now - 60);
            case "not yet valid" -> claims.put("nbf", now + 70);
            case "issued later" -> claims.put("iat", now + 70);
            case "of another kind" -> claims.put("drn", "DSR");
            case "for another audience" -> claims.put("aud", "somebody else");
            case "unreadable" -> {
                return "ey.J.";
            }
            case "missing" -> {
                return "";
            }
            default -> {
                try (DescopeEmulator other = DescopeEmulator.start()) {
                    return other.sign(claims);
                }
            }
        }
        return emulator.sign(claims);
    }

    @Test
    void N3_the_log_names_the_clock_of_this_machine_and_the_difference() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        descope.answers(REFRESH, withSessionJwt("expired"));
        Instant now = emulator.clock().instant();
        try (LoggedLines log = LoggedLines.of(SessionReader.class)) {
            browser.get("/app/account");

            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("SEVERE"))
                    .singleElement()
                    .asString()
                    .contains("EXPIRED", "says " + now, "60 seconds before");
        }
    }

    @Test
    void N3_a_cookie_that_begins_later_than_now_was_written_by_a_machine_with_another_clock_and_stays() {
        String refreshJwt = emulator.signIn(ADA).refreshJwt();
        Map<String, Object> claims = ForeignTokensTest.claims(refreshJwt);
        claims.put("nbf", emulator.clock().instant().getEpochSecond() + 70);
        Browser browser = application.browser();
        browser.plant("DSR", emulator.sign(claims));

        Answer during = browser.get("/app/account");

        assertThat(during.status()).isEqualTo(503);
        assertThat(during.setCookies()).isEmpty();
        emulator.advanceClock(Duration.ofSeconds(80));
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 451})
    void C11_N3_a_refusal_that_does_not_say_that_the_session_is_over_ends_none(int status) {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        emulator.misbehave(Fault.status(status).at(REFRESH).times(2));

        Answer refused = browser.get("/app/account");
        emulator.advanceClock(Duration.ofSeconds(20));
        Answer again = browser.get("/app/account");
        emulator.advanceClock(Duration.ofSeconds(20));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(again.status()).isEqualTo(503);
        assertThat(refused.setCookies()).isEmpty();
        assertThat(again.setCookies()).isEmpty();
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
    }

    @Test
    void where_nobody_can_tell_for_longer_than_a_minute_a_page_offers_to_sign_in_anew_which_replaces_the_cookies() {
        Browser browser = application.signedIn(ADA);
        String refreshJwt = browser.cookie("DSR");
        emulator.advanceClock(Duration.ofMinutes(11));
        emulator.misbehave(Fault.status(404).at(REFRESH).times(1000));
        Answer first = browser.get("/app/account", AS_A_PERSON);
        emulator.advanceClock(Duration.ofSeconds(61));

        Answer later = browser.get("/app/account", AS_A_PERSON);

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.body()).doesNotContain("/app/auth/sign-in");
        assertThat(later.status()).isEqualTo(503);
        assertThat(later.body()).contains("/app/auth/sign-in?returnTo=%2Fapp%2Faccount");
        assertThat(browser.get("/app/account").body()).contains("\"signInUrl\":\"/app/auth/sign-in\"");
        application.signIn(browser, ADA);
        assertThat(browser.cookie("DSR")).isNotEqualTo(refreshJwt);
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
    }

    @Test
    void a_refresh_that_is_refused_once_by_mistake_signs_nobody_out() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        descope.answers(REFRESH, body -> "{\"errorCode\":\"E064001\"}");
        emulator.misbehave(Fault.status(401).at(REFRESH));
        assertThat(browser.get("/app/account").status()).isEqualTo(401);
        descope.answers(REFRESH, UnaryOperator.identity());
        emulator.advanceClock(Duration.ofSeconds(20));

        Answer later = browser.get("/app/account");

        assertThat(later.body()).contains("name=" + ADA);
    }

    @Test
    void where_Descope_still_takes_the_former_refresh_JWT_an_answer_that_was_cut_off_signs_nobody_out() {
        try (DescopeEmulator lenient = DescopeEmulator.builder()
                        .rotatesRefreshTokens(true)
                        .rotationGracePeriod(Duration.ofSeconds(30))
                        .start();
                ServedApplication served = ServedApplication.start(lenient)) {
            Browser browser = served.signedIn(ADA);
            lenient.advanceClock(Duration.ofMinutes(11));
            lenient.misbehave(Fault.cutOff().at(REFRESH));

            assertThat(browser.get("/app/account").status()).isEqualTo(503);
            lenient.advanceClock(Duration.ofSeconds(5));
            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        }
    }
}
