package org.descope4j.it.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.ChromiumBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Cookie;

/**
 * What a host below the same domain can do to users of an application by cookies that it plants, in a real browser, by https and from plain
 * http. One application has the prefix {@code __Host-}, as all have at the root context by https; the other one was told not to.
 */
@EnabledIf(value = "isToRun", disabledReason = ChromiumBrowser.NEEDED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlantedCookiesInChromiumIT {
    private static final Path PICTURES = Path.of(requireNonNull(System.getProperty("screenshots")));
    private static final String EVE = "eve@example.com";
    private static final List<String> SESSION = List.of("DS", "DSR", "DSP");

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private EvilSibling evil;
    private SecureSite prefixed;
    private SecureSite plain;
    private int users;

    @BeforeAll
    void start() throws Exception {
        SelfSignedCertificate certificate =
                SelfSignedCertificate.forHosts(List.of("*.example.test", "app.example.test", EvilSibling.HOST));
        evil = EvilSibling.start(certificate);
        prefixed = SecureSite.start(emulator, "app.example.test", "", certificate);
        plain = SecureSite.start(emulator, "plain.example.test", "false", certificate);
    }

    @AfterAll
    void end() throws LifecycleException {
        prefixed.close();
        plain.close();
        evil.close();
        emulator.close();
    }

    @ParameterizedTest(name = "prefix {0}, from {1}")
    @CsvSource({"true, https", "true, http", "false, https", "false, http"})
    void N6_a_user_stays_who_they_are_beside_a_planted_session_and_can_sign_out(boolean prefix, String scheme) {
        SecureSite site = site(prefix);
        Map<String, String> ofEve = cookiesOf(site, prefix, SESSION);
        ofEve.remove("DSP");
        String ada = another();
        try (ChromiumBrowser browser = browser()) {
            signIn(browser, site, ada);
            evil.plants(ofEve, "/");
            browser.open(evil.page(scheme));

            browser.open(site.page("account"));
            assertThat(browser.text()).contains("Signed in as " + ada);
            emulator.advanceClock(Duration.ofMinutes(11));
            browser.open(site.page("account"));
            assertThat(browser.text()).as("after the session JWT is over").contains("Signed in as " + ada);
            browser.open(site.page("auth/sign-out"));
            assertThat(browser.text()).contains(ada);
            browser.press("Sign out");
            browser.open(site.page("who"));
            assertThat(browser.text()).doesNotContain(ada);
        }
    }

    @ParameterizedTest(name = "prefix {0}, from {1}")
    @CsvSource({"true, https", "true, http", "false, https", "false, http"})
    void N6_C3_a_complete_planted_set_signs_nobody_in_beside_the_genuine_one_and_takes_nothing_away(
            boolean prefix, String scheme) {
        SecureSite site = site(prefix);
        Map<String, String> ofEve = cookiesOf(site, prefix, SESSION);
        String ada = another();
        try (ChromiumBrowser browser = browser()) {
            evil.plants(ofEve, "/");
            browser.open(site.page("who"));
            signIn(browser, site, ada);
            browser.open(evil.page(scheme));

            browser.open(site.page("who"));

            boolean wasPlanted = !prefix && scheme.equals("https");
            assertThat(browser.text()).contains(wasPlanted ? "Nobody is signed in" : "Signed in as " + ada);
            evil.takesBack(ofEve, "/");
            browser.open(evil.page(scheme));
            browser.open(site.page("account"));
            assertThat(browser.text()).contains("Signed in as " + ada);
        }
    }

    @ParameterizedTest(name = "prefix {0}, from {1}")
    @CsvSource({"true, https", "true, http", "false, https", "false, http"})
    void N6_a_complete_planted_set_alone_signs_in_only_where_the_prefix_is_off(boolean prefix, String scheme) {
        SecureSite site = site(prefix);
        Map<String, String> ofEve = cookiesOf(site, prefix, SESSION);
        try (ChromiumBrowser browser = browser()) {
            evil.plants(ofEve, "/");
            browser.open(evil.page(scheme));

            browser.open(site.page("who"));

            // the documented limit, which is why the prefix is the default
            assertThat(browser.text()).contains(prefix ? "Nobody is signed in" : "Signed in as " + EVE);
        }
    }

    @ParameterizedTest(name = "prefix {0}, from {1}")
    @CsvSource({"true, https", "true, http", "false, https", "false, http"})
    void N6_V9_the_link_of_an_attacker_asks_for_a_click_and_names_the_account_although_the_binding_was_planted(
            boolean prefix, String scheme) {
        SecureSite site = site(prefix);
        String eve = "eve." + another();
        try (ChromiumBrowser browser = browser();
                ChromiumBrowser attacker = browser()) {
            ask(attacker, site, eve);
            Map<String, String> ofEve = cookies(attacker, site, prefix, List.of("DSB", "DSC"));
            browser.open(site.page("auth/sign-in"));
            evil.plants(ofEve, "/auth");
            evil.shows(emulator.inbox().latest(eve).link());
            browser.open(evil.page(scheme));

            browser.follow("A prize for you");

            assertThat(browser.text()).contains("Is this you?", "e***@e***.com");
            browser.open(site.page("who"));
            assertThat(browser.text()).contains("Nobody is signed in");
        }
    }

    @ParameterizedTest(name = "prefix {0}")
    @ValueSource(booleans = {true, false})
    void N6_a_planted_binding_alone_redeems_nothing_in_a_browser_that_was_never_here(boolean prefix) {
        SecureSite site = site(prefix);
        String eve = "eve." + another();
        try (ChromiumBrowser browser = browser();
                ChromiumBrowser attacker = browser()) {
            ask(attacker, site, eve);
            evil.plants(cookies(attacker, site, prefix, List.of("DSB")), "/");
            evil.shows(emulator.inbox().latest(eve).link());
            browser.open(evil.page("https"));

            browser.follow("A prize for you");

            assertThat(browser.text()).contains("Is this you?");
            browser.open(site.page("who"));
            assertThat(browser.text()).contains("Nobody is signed in");
        }
    }

    @ParameterizedTest(name = "prefix {0}")
    @ValueSource(booleans = {true, false})
    void N6_more_cookies_than_a_browser_keeps_sign_a_user_out_at_most(boolean prefix) {
        SecureSite site = site(prefix);
        String ada = another();
        try (ChromiumBrowser browser = browser()) {
            signIn(browser, site, ada);
            evil.plantsMany();
            browser.open(evil.page("https"));

            browser.open(site.page("who"));

            assertThat(browser.text()).containsAnyOf("Nobody is signed in", "Signed in as " + ada, "Bad Request");
        }
    }

    @ParameterizedTest(name = "prefix {0}")
    @ValueSource(booleans = {true, false})
    void V8_the_own_link_needs_no_click_and_the_form_of_our_pages_is_taken(boolean prefix) {
        SecureSite site = site(prefix);
        String ada = another();
        try (ChromiumBrowser browser = browser()) {
            signIn(browser, site, ada);

            browser.open(site.page("account"));

            assertThat(browser.text()).contains("Signed in as " + ada);
            Cookie cookie = requireNonNull(browser.driver().manage().getCookieNamed(prefix ? "__Host-DS" : "DS"));
            assertThat(cookie.isSecure()).isTrue();
            assertThat(cookie.getDomain()).isEqualTo(site.page("").getHost());
        }
    }

    /** What Eve gets in a browser of her own, under the names that a planted cookie can have. */
    private Map<String, String> cookiesOf(SecureSite site, boolean prefix, List<String> names) {
        try (ChromiumBrowser attacker = browser()) {
            signIn(attacker, site, EVE);
            return cookies(attacker, site, prefix, names);
        }
    }

    private static Map<String, String> cookies(
            ChromiumBrowser from, SecureSite site, boolean prefix, List<String> names) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String name : names) {
            String actual = prefix ? "__Host-" + name : name;
            String value = requireNonNull(
                            from.driver().manage().getCookieNamed(actual), actual + " of " + site.page(""))
                    .getValue();
            cookies.put(name, value);
            if (prefix) {
                cookies.put(actual, value);
            }
        }
        return cookies;
    }

    private void signIn(ChromiumBrowser browser, SecureSite site, String user) {
        ask(browser, site, user);
        browser.open(emulator.inbox().latest(user).link());
        assertThat(browser.text()).contains("Signed in as " + user);
    }

    private static void ask(ChromiumBrowser browser, SecureSite site, String user) {
        browser.open(site.page("auth/sign-in"));
        browser.type("loginId", user);
        browser.press("Send me a link");
        assertThat(browser.text()).contains("Check your inbox");
    }

    private SecureSite site(boolean prefix) {
        return prefix ? prefixed : plain;
    }

    /** A user of their own for each story, since nobody is sent links without end. */
    private String another() {
        users++;
        return "ada" + users + "@example.com";
    }

    private static ChromiumBrowser browser() {
        return ChromiumBrowser.start(
                PICTURES,
                options -> options.addArguments(
                        "--host-resolver-rules=MAP *.example.test 127.0.0.1", "--ignore-certificate-errors"));
    }

    /** Where everything must be tested, a missing browser is a failure. */
    static boolean isToRun() {
        return ChromiumBrowser.isInstalled() || Boolean.getBoolean("ci.complete");
    }
}
