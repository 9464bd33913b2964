package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CookiePolicyTest {
    private static final String ADA = "ada@example.com";
    private static final String HTTPS = "https://app.example.com/app";

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, cookie.host-prefix=true; cookie.domain=example.com, descope.cookie.domain",
        "https://app.example.com, cookie.host-prefix=true; cookie.path=/app, descope.cookie.path",
        "http://localhost:8080, cookie.host-prefix=true, descope.cookie.host-prefix",
        "http://localhost:8080, cookie.same-site=None, descope.cookie.same-site",
        "http://localhost:8080, cookie.partitioned=true, descope.cookie.partitioned",
        "https://app.example.com, cookie.same-site=Sometimes, descope.cookie.same-site",
        "https://app.example.com, cookie.host-prefix=yes, descope.cookie.host-prefix",
        "https://app.example.com, cookie.domain=example.org, descope.cookie.domain",
        "https://app.example.com, cookie.domain=com, descope.cookie.domain",
        "https://app.example.com, cookie.domain=ample.com, descope.cookie.domain",
        "https://app.example.com, cookie.path=app, descope.cookie.path",
        "https://app.example.com, cookie.path=/app;x, descope.cookie.path",
        "https://app.example.com, cookie.session-name=__Host-DS, descope.cookie.session-name",
        "https://app.example.com, cookie.session-name=D S, descope.cookie.session-name",
        "https://app.example.com, cookie.session-name=DSR; cookie.refresh-name=DSR, descope.cookie.refresh-name",
        "https://app.example.com, cookie.session-name=SHOP; cookie.refresh-name=SHOPC, descope.cookie.refresh-name",
        "https://app.example.com, cookie.refresh-name=DSP, descope.cookie.refresh-name"
    })
    void C2_what_browsers_would_drop_silently_is_refused_at_start_by_its_key(
            String publicUrl, String settings, String key) {
        ServletSettings.Builder builder = ServletSettings.forProject(
                        DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                                .build())
                .publicUrl(publicUrl);
        for (String setting : settings.split("; ", -1)) {
            builder.setting(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(key + " refused");
    }

    @Test
    void C2_with_the_prefix_all_cookies_are_for_this_host_by_https_alone() {
        Answer answer = linkOpened("cookie.host-prefix", "true", HTTPS);

        for (String cookie : new String[] {"__Host-DS-app", "__Host-DSR-app", "__Host-DSP-app"}) {
            assertThat(answer.setCookie(cookie))
                    .contains("; Secure", "Path=/;", "HttpOnly")
                    .doesNotContain("Domain");
        }
        assertThat(answer.setCookie("DS")).isEmpty();
    }

    @Test
    void C1_C11_names_domain_path_and_partition_are_the_same_when_cookies_are_set_and_cleared() {
        try (DescopeEmulator emulator = DescopeEmulator.start();
                ServedApplication application = ServedApplication.start(
                        emulator,
                        settings -> settings.publicUrl(HTTPS)
                                .setting("cookie.session-name", "session")
                                .setting("cookie.refresh-name", "refresh")
                                .setting("cookie.domain", "example.com")
                                .setting("cookie.path", "/")
                                .setting("cookie.same-site", "None")
                                .setting("cookie.partitioned", "true"))) {
            Browser browser = application.browser();
            browser.askForLink("email", ADA, "");
            Answer set = browser.get(application.linkTo(ADA).toString());
            Answer form = browser.get("/app/auth/sign-out");

            Answer cleared = browser.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

            for (Answer answer : new Answer[] {set, cleared}) {
                for (String cookie : new String[] {"session", "refresh"}) {
                    assertThat(answer.setCookie(cookie))
                            .contains("Domain=example.com", "Path=/;", "SameSite=None", "; Secure", "Partitioned")
                            .contains("HttpOnly");
                }
            }
            assertThat(cleared.setCookie("session")).contains("Max-Age=0");
            assertThat(browser.has("session") || browser.has("refresh")).isFalse();
        }
    }

    @Test
    void C1_cookies_are_secure_behind_a_proxy_that_ends_https() {
        Answer answer = linkOpened("same-browser", "confirm", HTTPS);

        assertThat(answer.setCookie("DS")).contains("; Secure");
        assertThat(answer.setCookie("DSR")).contains("; Secure");
    }

    @Test
    void C1_with_Strict_a_link_asks_for_a_click_since_the_page_behind_it_would_not_get_the_cookies() {
        try (DescopeEmulator emulator = DescopeEmulator.start();
                ServedApplication application =
                        ServedApplication.start(emulator, settings -> settings.setting("cookie.same-site", "Strict"))) {
            Browser browser = application.browser();
            browser.askForLink("email", ADA, "");

            Answer page = browser.get(application.linkTo(ADA).toString());
            assertThat(page.status()).isEqualTo(200);
            assertThat(browser.has("DS")).isFalse();
            Answer confirmed = browser.confirm(page, application.linkTo(ADA));

            assertThat(confirmed.status()).isEqualTo(303);
            assertThat(confirmed.setCookie("DS")).contains("SameSite=Strict");
            assertThat(confirmed.setCookie("DSR")).contains("SameSite=Strict");
        }
    }

    @Test
    void a_path_that_the_application_is_not_below_ends_its_start() {
        CookiePolicy policy = CookiePolicy.from(
                new SettingValues(Map.of(SettingKey.COOKIE_PATH, new SettingValues.Found("/shop", "a test"))),
                PublicUrl.of(HTTPS));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.requireReaches("/app"))
                .withMessageContaining("descope.cookie.path")
                .withMessageContaining("/app");
    }

    private static Answer linkOpened(String key, String value, String publicUrl) {
        try (DescopeEmulator emulator = DescopeEmulator.start();
                ServedApplication application = ServedApplication.start(
                        emulator, settings -> settings.publicUrl(publicUrl).setting(key, value))) {
            Browser browser = application.browser();
            browser.askForLink("email", ADA, "");
            return browser.get(application.linkTo(ADA).toString());
        }
    }
}
