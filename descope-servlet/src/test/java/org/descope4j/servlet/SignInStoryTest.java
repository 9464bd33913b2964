package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignInStoryTest {
    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rolesForNewUsers("editor").start();
    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(emulator);
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void a_person_signs_in_by_the_link_and_comes_back_to_the_page_they_wanted() {
        Browser browser = application.browser();

        Answer denied = browser.get("/app/account/books?page=2", "Accept", "text/html");
        assertThat(denied.status()).isEqualTo(303);
        assertThat(denied.location()).isEqualTo("/app/auth/sign-in?returnTo=%2Fapp%2Faccount%2Fbooks%3Fpage%3D2");

        Answer sent = browser.askForLink("email", "ada@example.com", "/app/account/books?page=2");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.location()).isEqualTo("/app/auth/sign-in/sent?returnTo=%2Fapp%2Faccount%2Fbooks%3Fpage%3D2");
        assertThat(browser.get(sent.location()).body())
                .contains("a***@e***.com")
                .doesNotContain("ada@example.com");

        Answer opened = browser.get(application.linkTo("ada@example.com").toString());
        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).isEqualTo("/app/account/books?page=2");
        assertThat(browser.has("DS") && browser.has("DSR") && browser.has("DSP"))
                .isTrue();
        assertThat(browser.has("DSB")).isFalse();
        assertThat(browser.get(opened.location()).body())
                .contains("authType=DESCOPE", "editor=true", "Editor=false", "name=ada@example.com");
    }

    @Test
    void C8_an_expired_session_is_refreshed_when_the_browser_still_sends_it() {
        Browser browser = application.signIn(application.staleBrowser(), "ada@example.com");
        String before = browser.cookie("DS");
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.get("/app/account");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("name=ada@example.com", "editor=true");
        assertThat(browser.cookie("DS")).isNotEqualTo(before);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void C8_a_session_is_refreshed_when_only_the_refresh_cookie_is_left() {
        Browser browser = application.signedIn("ada@example.com");
        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(browser.has("DS")).isFalse();

        Answer answer = browser.get("/app/account");

        assertThat(answer.body()).contains("name=ada@example.com");
        assertThat(browser.has("DS")).isTrue();
    }

    @Test
    void C8_posts_and_scripts_are_refreshed_too() {
        Browser browser = application.signedIn("ada@example.com");
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.post("/app/account", Map.of("a", "b"), "Sec-Fetch-Mode", "cors");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("name=ada@example.com");
    }

    @Test
    void C21_signing_out_needs_the_form_and_ends_the_session_everywhere() {
        Browser browser = application.signedIn("ada@example.com");
        browser.get("/app/visit?note=mine");
        String refreshJwt = browser.cookie("DSR");

        Answer form = browser.get("/app/auth/sign-out");
        assertThat(form.status()).isEqualTo(200);
        assertThat(browser.has("DS")).isTrue();
        assertThat(browser.post("/app/auth/sign-out", Map.of()).status()).isEqualTo(403);
        assertThat(browser.has("DS")).isTrue();
        Answer out = browser.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

        assertThat(out.status()).isEqualTo(303);
        assertThat(out.location()).isEqualTo("/app/");
        assertThat(browser.has("DS") || browser.has("DSR") || browser.has("DSP"))
                .isFalse();
        assertThat(browser.get("/app/visit").body()).contains("note=null");
        browser.plant("DSR", refreshJwt);
        assertThat(browser.get("/app/who").body()).contains("principal=none");
    }

    @Test
    void C11_C21_request_logout_ends_the_session() {
        Browser browser = application.signedIn("ada@example.com");
        String refreshJwt = browser.cookie("DSR");

        Answer answer = browser.get("/app/logout");

        assertThat(answer.body()).contains("principal=none", "remoteUser=null", "authType=null", "editor=false");
        assertThat(browser.has("DS") || browser.has("DSR")).isFalse();
        browser.plant("DSR", refreshJwt);
        assertThat(browser.get("/app/who").body()).contains("principal=none");
        emulator.advanceClock(Duration.ofSeconds(20));
        Answer refused = browser.get("/app/who");
        assertThat(refused.body()).contains("principal=none");
        assertThat(refused.setCookie("DSR")).contains("Max-Age=0", "Path=/app");
    }

    @Test
    void an_sms_link_signs_in_the_browser_that_asked_at_once() {
        Browser browser = application.browser();
        browser.askForLink("sms", "+4915112345678", "/app/account/books");

        Answer opened = browser.get(application.linkTo("+4915112345678").toString());

        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).isEqualTo("/app/account/books");
        assertThat(browser.get("/app/account").body()).contains("name=+4915112345678");
    }

    @Test
    void V2_an_sms_link_in_another_browser_asks_for_a_click() {
        application.browser().askForLink("sms", "+4915112345678", "/app/account/books");
        Browser other = application.browser();
        URI link = application.linkTo("+4915112345678");

        Answer page = other.get(link.toString());
        assertThat(page.status()).isEqualTo(200);
        assertThat(other.has("DS")).isFalse();
        Answer named = other.confirm(page, link);
        assertThat(named.body()).contains("+4915112345678");
        assertThat(other.has("DS")).isFalse();
        Answer confirmed = other.confirmAccount(named);

        assertThat(confirmed.status()).isEqualTo(303);
        assertThat(confirmed.location()).isEqualTo("/app/");
        assertThat(other.get("/app/account").body()).contains("name=+4915112345678");
    }

    @Test
    void the_paths_of_signing_in_can_be_moved() {
        try (ServedApplication moved =
                ServedApplication.start(emulator, settings -> settings.setting("auth-path", "/login/link"))) {
            Browser browser = moved.browser();
            assertThat(browser.get("/app/auth/sign-in").body()).contains("principal=none");
            assertThat(browser.get("/app/account", "Accept", "text/html").location())
                    .isEqualTo("/app/login/link/sign-in?returnTo=%2Fapp%2Faccount");
            Answer form = browser.get("/app/login/link/sign-in");

            Answer sent = browser.post(
                    "/app/login/link/sign-in",
                    Map.of("loginId", "ada@example.com", "_descope_csrf", form.hidden("_descope_csrf")));
            assertThat(sent.location()).isEqualTo("/app/login/link/sign-in/sent");
            Answer opened = browser.get(moved.linkTo("ada@example.com").toString());

            assertThat(opened.status()).isEqualTo(303);
            assertThat(browser.get("/app/login/link/sign-out").body()).contains("ada@example.com");
        }
    }
}
