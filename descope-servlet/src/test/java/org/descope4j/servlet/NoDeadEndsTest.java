package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whoever is signed in by what is not enough for a page is told so, and gets there by signing in once more: no circle of redirects. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoDeadEndsTest {
    private static final String ADA = "ada@example.com";
    private static final String FRESH = "/app/transfer/1?to=b";
    private static final String CHECKED = "/app/checked/1";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(
                emulator,
                settings ->
                        settings.setting("fresh-paths", "/transfer/*=10m").setting("online-check-paths", "/checked/*"));
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private static Answer goTo(Browser browser, String path) {
        Answer answer = browser.get(path, "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
        for (int redirects = 0; answer.status() == 303; redirects++) {
            assertThat(redirects)
                    .as("redirects; the last one to " + answer.location())
                    .isLessThan(4);
            URI next = URI.create(answer.location());
            String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
            answer = browser.get(next.getRawPath() + query, "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
        }
        return answer;
    }

    private void assertGetsThereBySigningInAgain(Browser browser, String path, String account) {
        Answer form = goTo(browser, path);
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.body()).contains("You are signed in as", account, "name=\"loginId\"");
        Answer asked = browser.post(
                "/app/auth/sign-in",
                Map.of(
                        "loginId",
                        ADA,
                        "deliveryMethod",
                        "email",
                        "returnTo",
                        form.hidden("returnTo"),
                        "_descope_csrf",
                        form.hidden("_descope_csrf")));
        Answer inbox = goTo(browser, asked.location());
        assertThat(inbox.body()).contains("Check your");
        URI link = application.linkTo(ADA);
        Answer opened = browser.get(link.toString());
        if (opened.status() == 200) {
            opened = browser.confirm(opened, link);
        }
        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).isEqualTo(path);
        assertThat(browser.get(path).body()).contains("principal=");
        assertThat(goTo(browser, asked.location()).body()).contains("principal=");
    }

    @Test
    void a_page_for_those_who_just_signed_in_and_a_profile_that_this_node_cannot_read() {
        Browser browser = application.signedIn(ADA);
        browser.plant("DSP", "sealed-by-another-secret");
        emulator.advanceClock(Duration.ofSeconds(1));

        assertGetsThereBySigningInAgain(browser, FRESH, "");
    }

    @Test
    void a_page_for_those_who_just_signed_in_and_an_account_to_which_no_link_can_be_sent() {
        Browser browser = application.signedIn(ADA);
        String refresh = browser.cookie("DSR");
        String subject = SessionRulesTest.subject(refresh);
        Profile byUserName = new Profile(
                        subject,
                        Fingerprint.of(refresh),
                        "",
                        "an ID",
                        "ada.the.admin",
                        "Ada",
                        "",
                        Set.of(),
                        Instant.EPOCH.plusSeconds(1))
                .writtenWith(browser.cookie("DS"));
        browser.plant("DSP", application.seals().forPurpose("profile").seal(byUserName.toBytes()));
        emulator.advanceClock(Duration.ofSeconds(1));

        assertGetsThereBySigningInAgain(browser, FRESH, "Ada");
    }

    @Test
    void a_page_for_which_Descope_is_asked_and_no_refresh_JWT_to_ask_with() {
        Browser browser = application.signedIn(ADA);
        browser.forget("DSR");
        emulator.advanceClock(Duration.ofSeconds(1));

        assertGetsThereBySigningInAgain(browser, CHECKED, "");
    }

    @Test
    void a_page_for_which_Descope_is_asked_and_a_session_that_was_ended_elsewhere_a_moment_ago() {
        Browser browser = application.signedIn(ADA);
        Browser phone = application.signedIn(ADA);
        Answer form = phone.get("/app/auth/sign-out");
        phone.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf"), "everywhere", "true"));
        emulator.advanceClock(Duration.ofSeconds(1));

        assertGetsThereBySigningInAgain(browser, CHECKED, ADA);
    }

    @Test
    void a_script_is_told_where_to_sign_in_again() {
        Browser browser = application.signedIn(ADA);
        browser.forget("DSR");

        Answer answer = browser.get(CHECKED, "Accept", "application/json");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("\"signInUrl\":\"/app/auth/sign-in?again=true\"");
    }

    @Test
    void who_is_signed_in_by_what_is_enough_is_led_back_from_the_sign_in_page() {
        Browser browser = application.signedIn(ADA);

        assertThat(browser.get("/app/auth/sign-in?returnTo=%2Fapp%2Faccount").location())
                .isEqualTo("/app/account");
        assertThat(browser.get("/app/auth/sign-in?again=true").status()).isEqualTo(200);
        assertThat(application.browser().get("/app/auth/sign-in?again=true").body())
                .doesNotContain("You are signed in");
    }

    @Test
    void a_page_for_others_says_who_is_signed_in_and_leads_to_signing_out() {
        Browser browser = application.signedIn(ADA);

        Answer page = goTo(browser, "/app/admin/1");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("You are signed in as", ADA, "href=\"/app/auth/sign-out\"");
    }
}
