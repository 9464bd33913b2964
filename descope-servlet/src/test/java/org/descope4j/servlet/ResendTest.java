package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Having another link sent: from "check your inbox", and from a link that is no longer valid. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResendTest {
    private static final String ADA = "ada@example.com";
    private static final String SENT = "/app/auth/sign-in/sent";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(emulator);
    private final Browser browser = application.browser();

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void another_link_can_be_asked_for_after_half_a_minute_and_keeps_the_return_to() {
        Answer asked = browser.askForLink("email", ADA, "/app/account/books");
        assertThat(browser.get(asked.location()).body())
                .containsPattern("You can ask for another link in <bdi>(30|29|28)</bdi> seconds\\.")
                .doesNotContain("<form");
        emulator.advanceClock(Duration.ofSeconds(31));
        Answer page = browser.get(asked.location());

        Answer again = browser.post(SENT, Map.of("_descope_csrf", page.hidden("_descope_csrf")));

        assertThat(again.location()).isEqualTo(SENT + "?returnTo=%2Fapp%2Faccount%2Fbooks&again=1");
        assertThat(emulator.inbox().messages(ADA)).hasSize(2);
        Answer sentAgain = browser.get(again.location());
        assertThat(sentAgain.body())
                .contains("another link is on its way to you")
                .doesNotContain("<form");
        assertThat(sentAgain.header("Refresh")).contains("again=1");
        assertThat(browser.get(application.linkTo(ADA).toString()).location()).isEqualTo("/app/account/books");
    }

    @Test
    void who_is_too_quick_is_sent_nothing() {
        browser.askForLink("email", ADA, "");
        String csrf = browser.get("/app/auth/sign-in").hidden("_descope_csrf");
        emulator.advanceClock(Duration.ofSeconds(20));

        assertThat(browser.post(SENT, Map.of("_descope_csrf", csrf)).location()).isEqualTo(SENT);
        assertThat(emulator.inbox().messages(ADA)).hasSize(1);
    }

    @Test
    void S5_the_same_limits_apply() {
        browser.askForLink("email", ADA, "");
        String csrf = browser.get("/app/auth/sign-in").hidden("_descope_csrf");
        for (int sent = 1; sent < 5; sent++) {
            emulator.advanceClock(Duration.ofSeconds(31));
            assertThat(browser.post(SENT, Map.of("_descope_csrf", csrf)).status())
                    .isEqualTo(303);
        }
        emulator.advanceClock(Duration.ofSeconds(31));

        Answer limited = browser.post(SENT, Map.of("_descope_csrf", csrf));

        assertThat(limited.status()).isEqualTo(429);
        assertThat(emulator.inbox().messages(ADA)).hasSize(5);
    }

    @Test
    void S7_another_site_has_nothing_sent() {
        browser.askForLink("email", ADA, "");
        String csrf = browser.get("/app/auth/sign-in").hidden("_descope_csrf");
        emulator.advanceClock(Duration.ofSeconds(31));

        assertThat(browser.post(SENT, Map.of("_descope_csrf", csrf), "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(browser.post(SENT, Map.of("x", "y")).status()).isEqualTo(403);
        assertThat(emulator.inbox().messages(ADA)).hasSize(1);
    }

    @Test
    void a_browser_that_asked_for_nothing_is_led_to_the_form() {
        String csrf = browser.get("/app/auth/sign-in").hidden("_descope_csrf");

        assertThat(browser.post(SENT, Map.of("_descope_csrf", csrf)).location()).isEqualTo("/app/auth/sign-in");
    }

    @Test
    void the_page_stops_reloading_when_it_is_told_to_and_looks_again_when_it_is_told_to() {
        Answer asked = browser.askForLink("email", ADA, "");

        Answer stopped = browser.get(asked.location() + "?reload=off");

        assertThat(stopped.header("Refresh")).isEmpty();
        assertThat(stopped.body()).contains("This page no longer reloads by itself.", "<a href=\"" + SENT + "?n=0\">");
        assertThat(browser.get(SENT + "?n=0").header("Refresh")).startsWith("5; ");
    }

    @Test
    void V11_one_click_on_the_page_of_a_used_link_sends_a_new_one_to_whom_it_was_for() {
        application.browser().askForLink("email", ADA, "/app/account/books");
        URI link = application.linkTo(ADA);
        Browser phone = application.browser();
        phone.confirm(phone.get(link.toString()), link);
        Browser tablet = application.browser();
        Answer used = tablet.confirm(tablet.get(link.toString()), link);
        assertThat(used.status()).isEqualTo(400);
        assertThat(used.body()).contains("We can send a new one to <bdi>a***@e***.com</bdi>.");

        Answer sent =
                tablet.post(SENT, Map.of("_descope_csrf", used.hidden("_descope_csrf"), "state", used.hidden("state")));

        assertThat(sent.location()).startsWith(SENT);
        assertThat(emulator.inbox().messages(ADA)).hasSize(2);
        // this browser has asked now, so one click signs it in
        assertThat(tablet.get(application.linkTo(ADA).toString()).location()).isEqualTo("/app/account/books");
    }

    @Test
    void V11_a_link_of_a_text_message_knows_its_number_in_the_browser_that_asked_only() {
        browser.askForLink("sms", "+14155550123", "");
        URI link = application.linkTo("+14155550123");
        Browser other = application.browser();
        other.confirm(other.get(link.toString()), link);

        assertThat(browser.get(link.toString()).body()).contains("+14*******23").contains("name=\"state\"");
        Browser third = application.browser();
        assertThat(third.confirm(third.get(link.toString()), link).body())
                .doesNotContain("name=\"state\"")
                .contains("Send me a new link</a>");
    }

    @Test
    void S1_the_page_of_an_expired_link_and_what_follows_are_the_same_whether_there_is_an_account() {
        application.signedIn(ADA);

        String known = afterExpiry(ADA);
        String unknown = afterExpiry("eve@example.com");

        assertThat(unknown.replace("e***@", "a***@")).isEqualTo(known);
    }

    private String afterExpiry(String loginId) {
        application.browser().askForLink("email", loginId, "");
        URI link = application.linkTo(loginId);
        emulator.advanceClock(Duration.ofMinutes(11));
        Browser other = application.browser();
        Answer expired = other.confirm(other.get(link.toString()), link);
        Answer sent = other.post(
                SENT, Map.of("_descope_csrf", expired.hidden("_descope_csrf"), "state", expired.hidden("state")));
        return headers(expired) + masked(expired) + headers(sent) + masked(other.get(sent.location()));
    }

    private static String headers(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers());
        headers.remove("Date");
        headers.remove("Set-Cookie");
        return answer.status() + " " + headers;
    }

    /** Without what is another for each browser and each request. */
    private static String masked(Answer page) {
        return page.body()
                .replaceAll("(name=\"(_descope_csrf|state)\" value=\")[^\"]*", "$1")
                .replaceAll("Reference <bdi>[^<]*", "Reference <bdi>");
    }
}
