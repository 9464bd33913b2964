package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionFilterTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
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
    void C1_the_cookies_are_out_of_reach_for_scripts_and_other_sites() {
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");

        Answer answer = browser.get(application.linkTo(ADA).toString());

        assertThat(answer.setCookie("DS")).contains("HttpOnly", "SameSite=Lax", "Path=/app", "Max-Age=");
        assertThat(answer.setCookie("DSR")).contains("HttpOnly", "SameSite=Lax", "Path=/app", "Max-Age=");
        assertThat(answer.setCookie("DS") + answer.setCookie("DSR")).doesNotContain("Domain");
    }

    @Test
    void C9_fifty_parallel_requests_refresh_once_and_are_all_served() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        String cookies = browser.cookieHeader("/app/account");
        emulator.advanceClock(Duration.ofMinutes(11));

        List<Answer> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> application.browser().get("/app/account", "Cookie", cookies))
                .toList();

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers).allMatch(answer -> answer.body().contains("name=" + ADA));
        assertThat(answers.stream()
                        .map(answer -> answer.setCookie("DS").split(";", -1)[0])
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .map(answer -> answer.setCookie("DSR").split(";", -1)[0])
                        .distinct())
                .hasSize(1);
    }

    @Test
    void C14_an_answer_with_a_new_session_is_never_cached_whatever_the_application_wants() {
        Browser browser = application.signedIn(ADA);
        assertThat(browser.get("/app/account/cached").header("Cache-Control")).isEqualTo("public, max-age=60");
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.get("/app/account/cached");

        assertThat(answer.setCookie("DS")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/account;x",
                "/app/%61ccount",
                "/app/./account",
                "/app//account",
                "/app/x/../account",
                "/app/account/",
                "/app/x/..;/account",
                "/app/acc%6Funt/y",
                "/app/%2e/account",
                "/app/auth/../account"
            })
    void C17_no_spelling_of_a_protected_path_is_served_to_nobody(String path) {
        Answer answer = application.browser().get(path);

        assertThat(answer.status()).isIn(401, 400, 404);
        assertThat(answer.body()).doesNotContain("authType");
    }

    @Test
    void C17_headers_of_proxies_decide_nothing() {
        Answer answer = application
                .browser()
                .get("/app/account", "X-Original-URL", "/app/who", "X-Rewrite-Url", "/app/who", "X-Forwarded-Uri", "/");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void C18_asynchronous_and_error_dispatches_keep_the_user() {
        Browser browser = application.signedIn(ADA);

        assertThat(browser.get("/app/account/later").body())
                .contains("authType=DESCOPE", "name=" + ADA, "dispatch=ASYNC");
        assertThat(browser.get("/app/broken").body()).contains("authType=DESCOPE", "name=" + ADA, "dispatch=ERROR");
    }

    @Test
    void C20_a_user_without_the_role_is_refused_and_nobody_has_no_identity() {
        assertThat(application.signedIn(ADA).get("/app/admin/x").status()).isEqualTo(403);
        assertThat(application.browser().get("/app/who").body())
                .contains("principal=none remoteUser=null authType=null editor=false");
    }

    @Test
    void C12_without_Descope_a_valid_session_goes_on_and_an_expired_one_is_told_to_wait() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        emulator.close();
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.get("/app/account", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.setCookies()).isEmpty();
        assertThat(answer.body()).doesNotContain("Exception", "org.descope4j");
    }

    @Test
    void C12_S1_without_Descope_the_sign_in_form_answers_a_page() {
        emulator.close();

        Answer answer = application.browser().askForLink("email", ADA, "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("Exception", "org.descope4j");
        VerifyEndpointTest.assertProtected(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DS", "DSR", "DSP", "DSB", "DSC"})
    void P4_a_cookie_of_junk_is_never_an_error_of_ours(String cookie) {
        for (int length : new int[] {1, 13, 17, 18, 24, 32, 37, 38, 100}) {
            Browser browser = application.browser();
            browser.plant(cookie, "A".repeat(length));

            assertThat(browser.get("/app/auth/sign-in").status()).isEqualTo(200);
            assertThat(browser.get("/app/auth/sign-in/sent").status()).isEqualTo(303);
            assertThat(browser.get("/app/auth/verify/" + "A".repeat(length) + "?t=a")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void S3_S7_only_the_fields_of_the_form_are_read_and_only_from_our_page() {
        Browser browser = application.browser();
        Answer form = browser.get("/app/auth/sign-in");
        Map<String, String> fields = Map.of(
                "loginId", ADA,
                "deliveryMethod", "email",
                "redirectUrl", "https://evil.example",
                "user.name", "Eve",
                "customClaims", "{\"roles\":[\"editor\"]}",
                "_descope_csrf", form.hidden("_descope_csrf"));

        assertThat(browser.post("/app/auth/sign-in", fields, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(application.browser().post("/app/auth/sign-in", fields).status())
                .isEqualTo(403);
        assertThat(emulator.inbox().messages()).isEmpty();
        assertThat(browser.post("/app/auth/sign-in", fields, "X-Forwarded-Host", "evil.example")
                        .status())
                .isEqualTo(303);
        assertThat(application.linkTo(ADA).toString()).doesNotContain("evil");
        browser.get(application.linkTo(ADA).toString());
        assertThat(browser.get("/app/who").body()).contains("editor=false", "name=" + ADA);
    }
}
