package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerifyEndpointTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private ServedApplication application;
    private Browser browser;

    @BeforeEach
    void start() {
        application = ServedApplication.start(emulator);
        browser = application.browser();
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private URI linkFor(String loginId) {
        browser.askForLink("email", loginId, "");
        return application.linkTo(loginId);
    }

    private void assertLinkStillWorks(URI link) {
        assertThat(browser.get(link.toString()).status()).isEqualTo(303);
        assertThat(browser.has("DS")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE"})
    void V1_no_other_method_redeems(String method) {
        URI link = linkFor(ADA);

        Answer answer = browser.send(method, link.toString(), "");

        assertThat(answer.status()).isIn(200, 204, 405);
        assertThat(answer.setCookies()).isEmpty();
        assertProtected(answer);
        assertLinkStillWorks(link);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, prefetch, 503",
        "Sec-Purpose, Prefetch;prerender, 503",
        "Purpose, preview, 503",
        "X-Purpose, preview, 503",
        "X-Moz, Prefetch, 503",
        "Sec-Fetch-Dest, image, 403",
        "Sec-Fetch-Dest, script, 403",
        "Sec-Fetch-Dest, iframe, 403",
        "Sec-Fetch-Dest, empty, 403",
        "Sec-Fetch-Mode, cors, 403"
    })
    void V3_what_no_person_opened_does_not_redeem(String header, String value, int status) {
        URI link = linkFor(ADA);

        Answer answer = browser.get(link.toString(), header, value);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.setCookies()).isEmpty();
        assertProtected(answer);
        assertLinkStillWorks(link);
    }

    @Test
    void V3b_a_navigation_that_a_service_worker_handed_on_gets_the_button_and_redeems_nothing() {
        URI link = linkFor(ADA);

        Answer page = browser.get(link.toString(), "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "empty");

        assertThat(page.status()).isEqualTo(200);
        assertThat(callsOf("/v1/auth/magiclink/verify")).isZero();
        assertThat(browser.has("DS")).isFalse();
        assertThat(browser.confirm(page, link).status()).isEqualTo(303);
        assertThat(browser.has("DS")).isTrue();
    }

    @Test
    void V2_V4_V23_another_browser_is_asked_for_a_click_and_told_a_masked_name() {
        URI link = linkFor(ADA);
        Browser other = application.browser();

        Answer page = other.get(link.toString());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("a***@e***.com", "method=\"post\"")
                .doesNotContain(ADA, "<script", "http-equiv");
        assertThat(other.has("DS")).isFalse();
        assertProtected(page);
        Answer confirmed = other.confirm(page, link);
        assertThat(confirmed.status()).isEqualTo(303);
        assertThat(other.has("DS")).isTrue();
    }

    @Test
    void V9_the_binding_of_another_request_does_not_open_a_planted_link() {
        Browser attacker = application.browser();
        attacker.askForLink("email", "eve@example.com", "");
        browser.askForLink("email", ADA, "");

        Answer page = browser.get(application.linkTo("eve@example.com").toString());

        assertThat(page.status()).isEqualTo(200);
        assertThat(browser.has("DS")).isFalse();
    }

    @Test
    void V5_the_button_signs_in_and_goes_on_to_the_page_that_was_wanted() {
        browser.askForLink("email", ADA, "/app/account/books?page=2");
        URI link = application.linkTo(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());

        Answer answer = other.post(
                link.getPath(),
                Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf")),
                "Sec-Fetch-Site",
                "same-origin",
                "Origin",
                "null");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/app/account/books?page=2");
        assertThat(answer.setCookie("DS")).contains("HttpOnly", "SameSite=Lax");
        assertThat(other.get("/app/account").body()).contains("name=" + ADA);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Origin, https://evil.example"})
    void V6_a_confirmation_from_elsewhere_is_refused(String header, String value) {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());

        Answer answer = other.post(
                link.getPath(),
                Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf")),
                header,
                value);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.setCookies()).isEmpty();
        assertProtected(answer);
        assertLinkStillWorks(link);
    }

    @Test
    void V6_a_confirmation_without_the_pair_of_cookie_and_field_is_refused() {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        Answer foreign = application.browser().get(link.toString());
        String token = page.hidden("t");

        assertThat(other.post(link.getPath(), Map.of("t", token)).status()).isEqualTo(403);
        assertThat(other.post(link.getPath(), Map.of("t", token, "_descope_csrf", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(other.confirm(foreign, link).status()).isEqualTo(403);
        other.forget("DSC");
        assertThat(other.confirm(page, link).status()).isEqualTo(403);
        assertLinkStillWorks(link);
    }

    @Test
    void V7_a_browser_that_says_itself_that_the_form_is_ours_may_say_Origin_null() {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        Map<String, String> form = Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf"));

        Answer answer = other.post(link.getPath(), form, "Origin", "null", "Sec-Fetch-Site", "same-origin");

        assertThat(answer.status()).isEqualTo(303);
    }

    @Test
    void V7_Origin_null_of_a_browser_without_fetch_metadata_is_refused_although_the_CSRF_pair_was_planted() {
        URI link = linkFor(ADA);
        Browser attacker = application.browser();
        Answer page = attacker.get(link.toString());
        Map<String, String> form = Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf"));
        Browser victim = application.browser();
        victim.plant("DSC", attacker.cookie("DSC"));

        Answer answer = victim.post(link.getPath(), form, "Origin", "null");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.setCookies()).isEmpty();
        assertThat(victim.has("DS")).isFalse();
        assertLinkStillWorks(link);
    }

    @Test
    void V7_V14_a_page_with_a_form_lets_old_browsers_name_their_origin_and_no_other_page_does() {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());

        Answer confirmed = other.post(
                link.getPath(),
                Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf")),
                "Origin",
                "http://localhost:" + application.port());

        assertThat(page.header("Referrer-Policy")).isEqualTo("strict-origin");
        assertThat(confirmed.status()).isEqualTo(303);
        assertThat(confirmed.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?t=", "?t=%20", "?t=a&t=b", "?t=%00", "?t=a%0d%0ab", "?t=%3Cscript%3E", "?T=abc", "?t=LONG"
            })
    void V10_a_link_without_one_usable_token_is_a_bad_request(String query) {
        URI link = linkFor(ADA);

        Answer answer = browser.get(link.getPath() + query.replace("LONG", "a".repeat(2049)));

        assertThat(answer.status()).isEqualTo(400);
        assertProtected(answer);
        assertLinkStillWorks(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=",
                "t=+",
                "t=%09",
                "t=a&t=b",
                "t=TOKEN&t=TOKEN",
                "t=TOKEN%0d%0aX:1",
                "t=TOKEN%00",
                "t=%22TOKEN",
                "t=LONG"
            })
    void V10_so_is_a_form_and_Descope_is_not_asked(String fields) {
        URI link = linkFor(ADA);
        String token = emulator.inbox().latest(ADA).token();
        Browser other = application.browser();
        String csrf = other.get(link.toString()).hidden("_descope_csrf");
        String body = fields.replace("TOKEN", token).replace("LONG", "a".repeat(2049));

        Answer answer = other.send("POST", link.getPath(), body + "&_descope_csrf=" + csrf.replace("=", "%3D"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(token);
        assertProtected(answer);
        assertThat(callsOf("/v1/auth/magiclink/verify")).isZero();
        assertLinkStillWorks(link);
    }

    @Test
    void V10_a_token_in_the_query_and_another_in_the_form_are_two() {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());

        Answer answer = other.post(
                link.getRawPath() + "?t=abc",
                Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(callsOf("/v1/auth/magiclink/verify")).isZero();
    }

    private long callsOf(String path) {
        return emulator.requests().stream()
                .filter(request -> request.path().equals(path))
                .count();
    }

    @Test
    void V11_used_expired_and_unknown_links_answer_byte_for_byte_alike() {
        browser = application.browser();
        URI first = linkFor("bob@example.com");
        Browser redeemer = application.browser();
        redeemer.confirm(redeemer.get(first.toString()), first);
        Answer usedAnswer = browser.get(first.toString());
        URI late = linkFor("bob@example.com");
        emulator.advanceClock(Duration.ofMinutes(4));
        Answer expiredAnswer = browser.get(late.toString());
        Answer unknownAnswer = browser.get(late.getPath() + "?t=" + "a".repeat(64));

        assertThat(usedAnswer.status()).isEqualTo(400);
        assertThat(withoutReference(usedAnswer))
                .isEqualTo(withoutReference(expiredAnswer))
                .isEqualTo(withoutReference(unknownAnswer))
                .doesNotContain("aaaa");
        assertProtected(usedAnswer);
    }

    private static String withoutReference(Answer answer) {
        String normalised = answer.body()
                .replaceAll("(name=\"state\" value=\")[^\"]*", "$1STATE")
                .replaceAll("[2-9B-Z]{4}-[2-9B-Z]{4}", "REFERENCE");
        assertThat(normalised).contains("REFERENCE");
        return normalised;
    }

    @Test
    void V12_a_second_impatient_click_in_the_same_browser_signs_in_too_and_redeems_nothing() {
        browser = application.browser();
        URI link = linkFor("bob@example.com");
        String cookies = browser.cookieHeader("/app/auth/verify");
        Browser impatient = application.browser();
        for (String cookie : cookies.split("; ", -1)) {
            impatient.plant(cookie.substring(0, cookie.indexOf('=')), cookie.substring(cookie.indexOf('=') + 1));
        }

        Answer first = browser.get(link.toString());
        Answer second = impatient.get(link.toString());

        assertThat(first.status()).isEqualTo(second.status()).isEqualTo(303);
        assertThat(impatient.cookie("DS")).isEqualTo(browser.cookie("DS"));
        emulator.advanceClock(Duration.ofSeconds(11));
        assertThat(application.browser().get(link.toString()).status())
                .as("only the same browser, and only for seconds")
                .isEqualTo(200);
    }

    @Test
    void V12_parallel_confirmations_sign_in_once_and_never_fail() throws Exception {
        URI link = linkFor(ADA);
        List<Callable<Answer>> posts = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> {
                    Browser other = application.browser();
                    Answer page = other.get(link.toString());
                    return (Callable<Answer>) () -> other.confirm(page, link);
                })
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(100);

        try {
            List<Integer> statuses = threads.invokeAll(posts).stream()
                    .map(VerifyEndpointTest::statusOf)
                    .toList();
            // 503 has the button again: more than 32 calls at once are not made
            assertThat(statuses).isSubsetOf(303, 400, 503);
            assertThat(statuses.stream().filter(status -> status == 303)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void V12_a_hundred_clicks_at_once_in_one_browser_all_arrive_and_redeem_once() throws Exception {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        String cookies = other.cookieHeader("/app/auth/verify");
        List<Callable<Answer>> posts = java.util.Collections.nCopies(
                100,
                () -> application
                        .browser()
                        .post(
                                link.getPath(),
                                Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf")),
                                "Cookie",
                                cookies));
        ExecutorService threads = Executors.newFixedThreadPool(100);

        try {
            assertThat(threads.invokeAll(posts).stream().map(VerifyEndpointTest::statusOf))
                    .containsOnly(303);
            assertThat(callsOf("/v1/auth/magiclink/verify")).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int statusOf(Future<Answer> answer) {
        try {
            return answer.get().status();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void V13_the_back_button_leaves_the_session_alone() {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        other.confirm(page, link);
        String session = other.cookie("DS");
        emulator.advanceClock(Duration.ofSeconds(20));

        Answer again = other.confirm(page, link);

        assertThat(again.status()).isEqualTo(303);
        assertThat(other.cookie("DS")).isEqualTo(session);
    }

    @Test
    void V15_another_user_is_not_switched_to_silently_and_takes_nothing_over() {
        application.signIn(browser, ADA);
        browser.get("/app/visit?note=of-ada");
        String adasRefreshJwt = browser.cookie("DSR");
        application.browser().askForLink("email", "bob@example.com", "");
        URI link = application.linkTo("bob@example.com");

        Answer page = browser.get(link.toString());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains(ADA, "b***@e***.com");
        browser.confirm(page, link);

        assertThat(browser.get("/app/account").body()).contains("name=bob@example.com");
        assertThat(browser.get("/app/visit").body()).contains("note=null");
        Browser old = application.browser();
        old.plant("DSR", adasRefreshJwt);
        assertThat(old.get("/app/who").body()).contains("principal=none");
    }

    @Test
    void V16_the_id_of_an_http_session_changes_at_sign_in_and_its_content_stays() {
        String before = browser.get("/app/visit?note=cart").body();
        application.signIn(browser, ADA);

        String after = browser.get("/app/visit").body();

        assertThat(after).contains("note=cart");
        assertThat(after.split(" ", -1)[0]).isNotEqualTo(before.split(" ", -1)[0]);
    }

    @Test
    void V16_signing_out_ends_the_http_session() {
        application.signIn(browser, ADA);
        String before = browser.get("/app/visit?note=cart").body();
        Answer form = browser.get("/app/auth/sign-out");

        browser.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

        String after = browser.get("/app/visit").body();
        assertThat(after).contains("note=null");
        assertThat(after.split(" ", -1)[0]).isNotEqualTo(before.split(" ", -1)[0]);
    }

    @Test
    void V19_the_token_is_gone_from_the_address_after_success() {
        URI link = linkFor(ADA);
        String token = emulator.inbox().latest(ADA).token();

        Answer answer = browser.get(link.toString());

        assertThat(answer.location()).isEqualTo("/app/");
        assertThat(answer.everything()).doesNotContain(token);
        assertProtected(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "sms"})
    void V25_the_state_of_one_login_id_with_the_token_of_another_is_refused(String method) {
        String victim = method.equals("email") ? ADA : "+4915112345678";
        String attacker = method.equals("email") ? "eve@example.com" : "+4915187654321";
        browser.askForLink(method, victim, "");
        URI victims = application.linkTo(victim);
        application.browser().askForLink(method, attacker, "");

        Answer answer = browser.get(
                victims.getPath() + "?t=" + emulator.inbox().latest(attacker).token());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(browser.has("DS") || browser.has("DSR")).isFalse();
        assertProtected(answer);
    }

    @Test
    void V24_a_session_too_large_for_a_cookie_is_refused_with_a_page() {
        String[] roles = java.util.stream.IntStream.range(0, 300)
                .mapToObj(i -> "a-role-of-many-" + i)
                .toArray(String[]::new);
        emulator.users().add(NewUser.builder(ADA).roles(roles).build());
        URI link = linkFor(ADA);

        Answer answer = browser.get(link.toString());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(browser.has("DS") || browser.has("DSR")).isFalse();
        assertThat(answer.setCookie("DS") + answer.setCookie("DSR") + answer.setCookie("DSP"))
                .isEmpty();
        assertThat(callsOf("/v1/auth/logout"))
                .as("the session that nobody got is ended")
                .isEqualTo(1);
        assertProtected(answer);
    }

    @Test
    void V22_a_body_of_many_parts_and_many_parameters_signs_nobody_in() {
        URI link = linkFor(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        String many = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> "p" + i + "=" + "x".repeat(100))
                .collect(java.util.stream.Collectors.joining("&"));

        Answer tooMany = other.send("POST", link.getPath(), many + "&t=" + page.hidden("t"));
        Answer parts = other.send(
                "POST",
                link.getPath(),
                "--b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n" + page.hidden("t") + "\r\n--b--\r\n",
                "Content-Type",
                "multipart/form-data; boundary=b");
        Answer large = other.send("POST", link.getPath(), "returnTo=" + "x".repeat(3_000_000));

        assertThat(tooMany.status()).isEqualTo(parts.status()).isEqualTo(403);
        assertThat(large.status()).isIn(400, 403, 413);
        assertThat(other.has("DS")).isFalse();
        assertLinkStillWorks(link);
    }

    @Test
    void V22_a_very_long_return_to_and_many_parameters_are_bounded() {
        Answer form = browser.get("/app/auth/sign-in?returnTo=/app/" + "x".repeat(4000));

        assertThat(form.status()).isEqualTo(200);
        assertThat(form.hidden("returnTo")).isEmpty();
    }

    @Test
    void V18_an_unreachable_Descope_answers_a_page_that_can_be_tried_again() {
        URI link = linkFor(ADA);
        emulator.close();

        Answer page = browser.get(link.toString());

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.hidden("t")).isNotEmpty();
        assertProtected(page);
        assertThat(browser.confirm(page, link).status()).isEqualTo(503);
    }

    /** V14 as a whole. */
    static void assertProtected(Answer answer) {
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Referrer-Policy"))
                .isEqualTo(answer.body().contains("<form") ? "strict-origin" : "no-referrer");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("X-Robots-Tag")).isEqualTo("noindex");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Content-Security-Policy"))
                .matches("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'");
    }
}
