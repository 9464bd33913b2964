package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.descope4j.DeliveryMethod;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holes that were found in other products in 2026, tried here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeenElsewhereTest {
    private static final String ADA = "ada@example.com";
    private static final String FORM = "/app/auth/sign-in";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator, settings -> settings.updateMethods("email").trustedProxies("127.0.0.1"));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        application.close();
        emulator.close();
    }

    @Test
    void N14_CVE_2026_88019_a_form_that_is_replayed_from_elsewhere_sends_no_more_than_the_limits_and_redeems_nothing() {
        Browser browser = application.browser();
        String csrf = browser.get(FORM).hidden("_descope_csrf");
        Map<String, String> form = Map.of("_descope_csrf", csrf, "loginId", ADA, "deliveryMethod", "email");
        browser.post(FORM, form);
        // somebody has read cookies and fields along, and sends them from many networks
        for (int replay = 0; replay < 40; replay++) {
            browser.post(FORM, form, "X-Forwarded-For", "203.0." + replay + ".1");
        }
        assertThat(emulator.inbox().messages(ADA)).hasSize(1);
        for (int replay = 0; replay < 40; replay++) {
            emulator.advanceClock(DoubleClicks.KEPT);
            browser.post(FORM, form, "X-Forwarded-For", "203.0." + replay + ".1");
        }
        assertThat(emulator.inbox().messages(ADA))
                .as("5, and one each 3 minutes")
                .hasSizeLessThanOrEqualTo(6);

        URI link = application.linkTo(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        Map<String, String> click = Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf"));
        Browser thief = application.browser();
        thief.plant("DSC", other.cookie("DSC"));
        assertThat(other.post(link.getPath(), click).status()).isEqualTo(303);
        emulator.advanceClock(java.time.Duration.ofMinutes(2));
        Answer replayed = thief.post(link.getPath(), click, "X-Forwarded-For", "203.0.113.9");
        assertThat(replayed.status()).isEqualTo(400);
        assertThat(thief.has("DS")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/app/auth/sign-in, https://evil.example", "/app/auth/sign-in, http://localhost",
        "/app/auth/sign-in/sent, https://evil.example", "/app/auth/sign-in/sent, https://localhost",
        "/app/auth/step-up, https://evil.example", "/app/auth/update, https://evil.example"
    })
    void N14_better_auth_10368_no_link_is_sent_for_a_page_of_another_origin(String path, String origin) {
        Browser browser = application.signedIn(ADA);
        String csrf = browser.get("/app/auth/update").hidden("_descope_csrf");
        int before = emulator.inbox().messages().size();
        emulator.advanceClock(java.time.Duration.ofSeconds(31));

        Answer answer = browser.post(
                path,
                Map.of("_descope_csrf", csrf, "loginId", "victim@example.com", "deliveryMethod", "email"),
                "Origin",
                origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(emulator.inbox().messages()).hasSize(before);
    }

    @RepeatedTest(5)
    void N14_GHSA_x2wq_9x2f_fhj7_of_two_nodes_that_redeem_a_link_at_the_same_moment_one_signs_in() throws Exception {
        try (ServedApplication other = ServedApplication.start(emulator)) {
            Browser asking = application.browser();
            asking.askForLink("email", ADA, "");
            URI link = application.linkTo(ADA);
            String below = link.getRawPath() + "?" + link.getRawQuery();
            List<Browser> thieves = new ArrayList<>();
            List<Future<Answer>> clicks = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(6);
            for (int number = 0; number < 6; number++) {
                ServedApplication node = number % 2 == 0 ? application : other;
                Browser browser = node.browser();
                Answer page = browser.get(below);
                Map<String, String> click =
                        Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf"));
                thieves.add(browser);
                clicks.add(threads.submit(() -> {
                    together.await();
                    return browser.post(link.getPath(), click);
                }));
            }
            for (Future<Answer> click : clicks) {
                click.get();
            }

            assertThat(thieves.stream().filter(browser -> browser.has("DS"))).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada\uff20example.com", "ada\ufe6bexample.com", "ada@example\uff0ecom", "ada@example\u3002com",
                "\uff41da@example.com", "\u0430da@example.com", "ada@ex\u0430mple.com", "ada@\u212axample.com",
                "ad\u0131@example.com", "ada\u200b@example.com", "\u202eada@example.com", "ada@example.com\u00a0",
                "ada@example.com\u3000", "a\u0301da@example.com", "ada@example\u2024com", "ada\u0000@example.com",
                "ada@@example.com", "ada@example.com@evil.example", "ad\u017f@example.com"
            })
    void N14_CVE_2026_73420_what_only_looks_like_an_address_is_none(String typed) {
        Answer answer = application.browser().askForLink("email", typed, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(emulator.inbox().messages()).isEmpty();
        assertThat(LoginId.parse(DeliveryMethod.EMAIL, typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uff0b4915112345678", "+49151\u0661234567", "+\uff14915112345678", "+4915112345678\u200b"})
    void N14_CVE_2026_73420_what_only_looks_like_a_number_is_none(String typed) {
        assertThat(application.browser().askForLink("sms", typed, "").status()).isEqualTo(400);
        assertThat(emulator.inbox().messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "k@example.com, \u212a@example.com",
        "i@example.com, \u0130@example.com",
        "s@example.com, \u017f@example.com"
    })
    void N14_CVE_2026_73420_a_login_ID_of_Descopes_that_only_looks_alike_is_another_one(String ours, String other) {
        assertThat(new LoginId(ours).matches(other)).isFalse();
        assertThat(new LoginId(ours).matches(ours.toUpperCase(java.util.Locale.ROOT)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Remote-User",
                "REMOTE_USER",
                "X-Remote-User",
                "X-Forwarded-User",
                "X-Forwarded-Email",
                "X-Forwarded-Preferred-Username",
                "X-Auth-Request-User",
                "X-Auth-Request-Email",
                "X-User",
                "X-User-Id",
                "X-User-Email",
                "X-Descope-User",
                "X-Descope-Session",
                "x-descope-session-token",
                "X-Authenticated-User",
                "X-WEBAUTH-USER",
                "X-MS-CLIENT-PRINCIPAL-NAME",
                "Cf-Access-Authenticated-User-Email",
                "X-Goog-Authenticated-User-Email",
                "X-SSL-Client-S-DN",
                "Tailscale-User-Login",
                "DS",
                "DSR",
                "X-Session"
            })
    void N14_no_request_header_says_who_the_user_is(String header) {
        Browser ada = application.signedIn(ADA);
        String session = application.signedIn("eve@example.com").cookie("DS");

        for (String value : List.of("eve@example.com", session)) {
            assertThat(application.browser().get("/app/account", header, value).status())
                    .isEqualTo(401);
            assertThat(application.browser().get("/app/who", header, value).body())
                    .doesNotContain("eve@");
            assertThat(ada.get("/app/account", header, value).body()).contains("name=" + ADA);
        }
    }
}
