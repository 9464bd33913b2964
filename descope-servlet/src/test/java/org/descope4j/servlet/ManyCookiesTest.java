package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.connector.Connector;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.SignedIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What cookies may cost on a Tomcat that takes headers of any length: a signature check is what an attacker would have us pay for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManyCookiesTest {
    private static final int MANY = 500;

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final SignedIn ada = emulator.signIn("ada@example.com");
    private List<SignedIn> users = List.of();
    private ServedApplication application;
    private CountedSignatureChecks checks;

    @BeforeAll
    void start() {
        users = IntStream.range(0, MANY)
                .mapToObj(i -> emulator.signIn("user" + i + "@example.com"))
                .toList();
        application = ServedApplication.start(emulator, settings -> settings, ManyCookiesTest::takeLongHeaders);
        checks = CountedSignatureChecks.start();
    }

    @AfterAll
    void stop() {
        checks.close();
        application.close();
        emulator.close();
    }

    @Test
    void C23_a_session_and_its_refresh_cookie_cost_two_checks_and_then_none() {
        SignedIn bea = emulator.signIn("bea@example.com");
        String subject = SessionRulesTest.subject(bea.sessionJwt());
        String cookies = "DS=" + bea.sessionJwt() + "; DSR=" + bea.refreshJwt();

        int first = cost(cookies, subject);
        int second = cost(cookies, subject);

        assertThat(first).isEqualTo(2);
        assertThat(second).isZero();
    }

    @Test
    void C23_five_hundred_well_signed_sessions_cost_two_checks_at_most() {
        assertCosts(many(i -> "DS=" + users.get(i).sessionJwt()), "none", 2);
    }

    @Test
    void C23_five_hundred_refresh_cookies_cost_two_checks_at_most_and_no_question() {
        assertCosts(many(i -> "DSR=" + users.get(i).refreshJwt()), "none", 2);
        assertCosts(
                "DS=" + ada.sessionJwt() + "; "
                        + many(i -> "DSR=" + users.get(i).refreshJwt()),
                "none",
                2);
    }

    @Test
    void C23_five_hundred_forged_sessions_cost_two_checks_at_most() {
        assertCosts(many(i -> "DS=" + forged(users.get(i).sessionJwt())), "none", 2);
    }

    @Test
    void C23_one_good_session_among_five_hundred_forged_ones_is_not_looked_for() {
        String forged = many(i -> "DS=" + forged(users.get(i).sessionJwt()));

        assertCosts("DS=" + ada.sessionJwt() + "; " + forged, "none", 2);
        assertCosts(forged + "; DS=" + ada.sessionJwt(), "none", 2);
    }

    @Test
    void C23_N6_a_sealed_set_is_found_among_five_hundred_planted_ones_at_the_price_of_one_check() {
        Browser browser = application.signedIn("bob@example.com");
        String subject = SessionRulesTest.subject(browser.cookie("DS"));
        String genuine = Stream.of("DS", "DSR", "DSP")
                .map(name -> name + "=" + browser.cookie(name))
                .collect(Collectors.joining("; "));
        String planted = many(
                i -> "DS=" + users.get(i).sessionJwt() + "; DSR=" + users.get(i).refreshJwt() + "; DSP=junk" + i);

        assertCosts(planted + "; " + genuine, subject, 1);
        assertCosts(genuine + "; " + planted, subject, 1);
        assertCosts(many(i -> "DS=" + forged(browser.cookie("DS")) + i) + "; " + genuine, subject, 1);
    }

    @Test
    void C23_one_session_five_hundred_times_is_one_session() {
        assertCosts(many(i -> "DS=" + ada.sessionJwt()), SessionRulesTest.subject(ada.sessionJwt()), 1);
    }

    @Test
    void C23_a_header_of_other_cookies_costs_no_check_however_long_it_is() {
        assertCosts(many(i -> "DS" + i + "=" + users.get(i).sessionJwt()), "none", 0);
    }

    private void assertCosts(String cookies, String subject, int atMost) {
        assertThat(cost(cookies, subject)).as("signature checks").isLessThanOrEqualTo(atMost);
    }

    private int cost(String cookies, String subject) {
        long asked = refreshes();
        int before = checks.soFar();

        String answer = RawRequest.send(
                application.port(),
                "",
                "GET /app/who HTTP/1.1",
                "Host: localhost:" + application.port(),
                "Cookie: " + cookies);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("principal=" + subject + " ");
        assertThat(refreshes()).as("questions to Descope").isEqualTo(asked);
        return checks.soFar() - before;
    }

    private long refreshes() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals("/v1/auth/refresh"))
                .count();
    }

    private static String many(IntFunction<String> cookie) {
        return IntStream.range(0, MANY).mapToObj(cookie).collect(Collectors.joining("; "));
    }

    /** Nothing but a check of the signature tells. */
    private static String forged(String jwt) {
        int at = jwt.length() - 20;
        return jwt.substring(0, at) + (jwt.charAt(at) == 'A' ? 'B' : 'A') + jwt.substring(at + 1);
    }

    private static void takeLongHeaders(Context context) {
        Engine engine = (Engine) context.getParent().getParent();
        for (Connector connector : engine.getService().findConnectors()) {
            connector.setProperty("maxHttpRequestHeaderSize", "2000000");
            connector.setMaxCookieCount(-1);
        }
    }
}
