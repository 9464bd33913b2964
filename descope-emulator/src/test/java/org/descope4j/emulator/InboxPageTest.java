package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InboxPageTest {
    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final Caller caller = new Caller(emulator);

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void the_root_leads_to_the_inbox() {
        Answer answer = caller.get("/");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/inbox");
    }

    @Test
    void an_empty_inbox_says_what_to_do() {
        assertThat(caller.get("/inbox").body()).contains("No messages yet");
    }

    @Test
    void the_newest_message_comes_first_with_a_link_to_click() {
        caller.linkTokenFor("ana@example.com");
        String token = caller.linkTokenFor("bob@example.com");

        String page = caller.get("/inbox").body();

        assertThat(page)
                .containsSubsequence(
                        "2 messages", "bob@example.com", "just now", "Welcome", "E-mail", "ana@example.com")
                .contains("rel=\"noopener noreferrer\" href=\"" + Caller.REDIRECT + "?t=" + token + "\">Open link</a>");
    }

    @Test
    void P2_what_came_from_outside_is_shown_as_text() {
        caller.post("/v1/auth/magiclink/signup-in/email", """
                {"loginId":"<script>alert(1)</script>@example.com","URI":"http://localhost/\\"><img src=x>",
                 "loginOptions":{"templateId":"<b>t</b>","locale":"<i>","templateOptions":{"<u>":"<s>"}}}""");

        String page = caller.get("/inbox").body();

        assertThat(page)
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;@example.com",
                        "&lt;b&gt;t&lt;/b&gt;",
                        "&lt;u&gt;: &lt;s&gt;")
                .doesNotContain("<script>alert", "<img", "<b>", "<i>", "<u>", "<s>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,hello", "myapp://verify", "/relative"})
    void a_link_of_another_scheme_than_http_is_shown_but_not_clickable(String redirect) {
        caller.post(
                "/v1/auth/magiclink/signup-in/email", "{\"loginId\":\"ana@example.com\",\"URI\":\"" + redirect + "\"}");

        String page = caller.get("/inbox").body();

        assertThat(page).contains("<span class=\"link\">" + redirect + "?t=").doesNotContain("href=");
    }

    @Test
    void a_link_that_was_used_or_has_expired_says_so() {
        String used = caller.linkTokenFor("ana@example.com");
        caller.verify(used);
        assertThat(caller.get("/inbox").body()).contains("Link used").doesNotContain("href=");

        emulator.advanceClock(Duration.ofMinutes(3));

        assertThat(caller.get("/inbox").body())
                .contains("Link expired", "3 minutes ago")
                .doesNotContain("href=");
    }

    @ParameterizedTest
    @CsvSource({"signup, Welcome", "signin, Your sign-in link"})
    void an_e_mail_says_what_it_is_for(String operation, String subject) {
        if (operation.equals("signin")) {
            emulator.users().add(NewUser.builder("ana@example.com").build());
        }

        caller.askForLink(operation, "ana@example.com");

        assertThat(caller.get("/inbox").body()).contains(subject, "Open link</a>");
    }

    @Test
    void a_text_shows_its_link_as_a_phone_does() {
        caller.post(
                "/v1/auth/magiclink/signup-in/sms",
                "{\"loginId\":\"+15551234567\",\"URI\":\"" + Caller.REDIRECT + "\"}");
        String link = emulator.inbox().latest("+15551234567").link().toString();

        assertThat(caller.get("/inbox").body())
                .contains(
                        "To: +15551234567",
                        "<div class=\"text\">",
                        "href=\"" + link + "\">" + link + "</a>",
                        "<li>SMS</li>");
    }

    @Test
    void with_several_projects_a_message_says_which_one_sent_it() {
        caller.linkTokenFor("ana@example.com");
        assertThat(caller.get("/inbox").body()).doesNotContain("<li>project ");

        emulator.addProject(NewProject.builder("P2anotherProject000000000000").build());

        assertThat(caller.get("/inbox").body()).contains("<li>project " + emulator.projectId() + "</li>");
    }

    @Test
    void P1_the_page_runs_its_own_script_only_and_refreshes_where_there_is_none() {
        Answer page = caller.get("/inbox");

        assertThat(page.header("Content-Security-Policy"))
                .matches("default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; "
                        + "frame-ancestors 'none'; script-src 'sha256-[^']+'; connect-src 'self'");
        assertThat(page.body()).contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>");
        assertThat(caller.get("/magic-link").header("Content-Security-Policy")).doesNotContain("script-src");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void looking_at_the_inbox_redeems_nothing() {
        String token = caller.linkTokenFor("ana@example.com");

        caller.get("/inbox");

        assertThat(caller.verify(token).status()).isEqualTo(200);
    }
}
