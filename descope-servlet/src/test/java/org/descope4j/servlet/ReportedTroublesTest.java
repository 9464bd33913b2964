package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people complained about elsewhere, as it would happen to them here; each names who reported it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportedTroublesTest {
    private static final String ADA = "ada@example.com";
    private static final String SCANNER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0 Safari/537.36";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(emulator);

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private URI linkFor(Browser browser, String returnTo) {
        browser.askForLink("email", ADA, returnTo);
        return application.linkTo(ADA);
    }

    @Test
    @DisplayName(
            "The mail scanner opened my link before I did (emdash-cms/emdash#3298, better-auth#9690, karaoke-gen#870)")
    void the_mail_scanner_opened_my_link_before_I_did() {
        URI link = linkFor(application.browser(), "");
        Browser scanner = application.browser();
        Browser hurried = application.browser();

        scanner.head(link.toString());
        scanner.get(link.toString());
        scanner.get(link.toString(), "User-Agent", SCANNER, "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document");
        hurried.get(link.toString(), "User-Agent", SCANNER);
        emulator.advanceClock(Duration.ofMinutes(2));
        Browser user = application.browser();
        Answer answer = user.confirm(user.get(link.toString()), link);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(user.get("/app/account").body()).contains("name=" + ADA);
        assertThat(scanner.has("DS") || hurried.has("DS")).isFalse();
    }

    @Test
    @DisplayName("I clicked twice and was told that the link is invalid")
    void I_clicked_twice_and_was_told_that_the_link_is_invalid() {
        Browser browser = application.browser();
        URI link = linkFor(browser, "/app/account/x");

        Answer first = browser.get(link.toString());
        emulator.advanceClock(Duration.ofMinutes(1));
        Answer second = browser.get(link.toString());

        assertThat(first.status()).isEqualTo(second.status()).isEqualTo(303);
        assertThat(second.location()).isEqualTo("/app/account/x");
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Somebody sent me their own link, and I worked in their account (next-auth#2460)")
    void somebody_sent_me_their_own_link_and_I_worked_in_their_account() {
        Browser attacker = application.browser();
        attacker.askForLink("email", "eve@example.com", "");
        URI link = application.linkTo("eve@example.com");
        Browser victim = application.signedIn(ADA);
        Browser fresh = application.browser();

        Answer asked = victim.get(link.toString());
        Answer askedToo = fresh.get(link.toString());

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("e***@e***.com", ADA);
        assertThat(askedToo.body()).contains("e***@e***.com");
        assertThat(fresh.has("DS")).isFalse();
        assertThat(victim.get("/app/account").body()).contains("name=" + ADA);
    }

    @Test
    @DisplayName("I opened the link on my phone and lost the page I wanted (outline/outline#3192)")
    void I_opened_the_link_on_my_phone_and_lost_the_page_I_wanted() {
        URI link = linkFor(application.browser(), "/app/account/books?page=2");
        Browser phone = application.browser();

        Answer answer = phone.confirm(phone.get(link.toString()), link);

        assertThat(answer.location()).isEqualTo("/app/account/books?page=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT", "TOKEN%20", "TOKEN%0a", "TOKEN&t=TOKEN", "%3CTOKEN%3E"})
    @DisplayName("The mail program broke my link, and I saw a stack trace (cobudget PR#1274, emdash)")
    void the_mail_program_broke_my_link_and_I_saw_a_stack_trace(String broken) {
        Browser browser = application.browser();
        URI link = linkFor(browser, "");
        String token = emulator.inbox().latest(ADA).token();
        String query = broken.replace("CUT", "").replace("TOKEN", token);

        Answer answer = browser.get(link.getPath() + "?t=" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("<h1>").doesNotContain("Exception", token);
        assertThat(browser.get(link.toString()).status())
                .as("the whole link still works")
                .isEqualTo(303);
    }

    @Test
    @DisplayName("The mail program wrote &amp; into my link")
    void the_mail_program_wrote_amp_into_my_link() {
        Browser browser = application.browser();
        URI link = linkFor(browser, "");

        assertThat(browser.get(link + "&amp;utm_source=mail").status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKEN.", "TOKEN="})
    @DisplayName("A dot that ended the sentence is in my link (emdash: Invalid padding)")
    void a_dot_that_ended_the_sentence_is_in_my_link(String broken) {
        Browser browser = application.browser();
        URI link = linkFor(browser, "");
        String token = emulator.inbox().latest(ADA).token();

        Answer answer = browser.get(link.getPath() + "?t=" + broken.replace("TOKEN", token));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("<h1>").doesNotContain("Exception");
        assertThat(browser.get(link.toString()).status()).isEqualTo(303);
    }

    @Test
    @DisplayName("After signing in I was on another site (openrag#483, giselle#1834, better-auth#10979)")
    void after_signing_in_I_was_on_another_site() {
        List<String> tricks = Corpus.list("redirects_public").stream()
                .filter(given -> given.getString("expected").equals("deny"))
                .map((JsonObject given) -> given.getString("input"))
                .limit(12)
                .toList();
        List<String> all = new ArrayList<>(tricks);
        all.addAll(List.of("//e", "/\\e", "/\t/e", "https:e", "/x\r\nLocation: //e", "/app/" + "x".repeat(5000)));

        for (String trick : all) {
            Browser browser = new Browser(application.base(), emulator.clock());
            String csrf = browser.get("/app/auth/sign-in").hidden("_descope_csrf");
            String recipient = "u" + Integer.toUnsignedString(trick.hashCode()) + "@example.com";
            browser.post("/app/auth/sign-in", Map.of("_descope_csrf", csrf, "loginId", recipient, "returnTo", trick));

            Answer answer = browser.get(application.linkTo(recipient).toString());

            assertThat(answer.location()).as(trick).isEqualTo("/app/");
        }
    }

    @Test
    @DisplayName(
            "Somebody had twenty links a minute sent to me, and five hundred to others (authgear#2986, shesha#4773)")
    void somebody_had_twenty_links_a_minute_sent_to_me_and_five_hundred_to_others() {
        Browser flooder = application.browser();
        String csrf = flooder.get("/app/auth/sign-in").hidden("_descope_csrf");
        List<Answer> known = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            // shown the form anew, since the same form posted twice is a double click
            flooder.get("/app/auth/sign-in");
            known.add(asked(flooder, csrf, ADA));
        }
        for (int i = 0; i < 500; i++) {
            known.add(asked(flooder, csrf, "u" + i + "@example.com"));
        }

        assertThat(emulator.inbox().messages(ADA)).hasSize(5);
        assertThat(emulator.inbox().messages()).hasSizeLessThanOrEqualTo(30);
        List<Answer> refused =
                known.stream().filter(answer -> answer.status() == 429).toList();
        assertThat(refused).hasSizeGreaterThanOrEqualTo(490).allSatisfy(answer -> {
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 900);
            assertThat(answer.body()).doesNotContain("@example.com");
        });
        assertThat(known).extracting(Answer::status).containsOnly(303, 429);
    }

    private static Answer asked(Browser browser, String csrf, String recipient) {
        return browser.post(
                "/app/auth/sign-in", Map.of("_descope_csrf", csrf, "loginId", recipient, "deliveryMethod", "email"));
    }

    @Test
    @DisplayName(
            "My link stood in the logs and in the next site's referrers (Kilo-Org/cloud PR#2359, heartcombo/devise#5003)")
    void my_link_stood_in_the_logs_and_in_the_next_sites_referrers() {
        Logger ours = Logger.getLogger("org.descope4j");
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Handler recorder = recorder(lines);
        Level before = ours.getLevel();
        ours.setLevel(Level.ALL);
        ours.addHandler(recorder);
        try {
            Browser browser = application.browser();
            URI link = linkFor(browser, "");
            String token = emulator.inbox().latest(ADA).token();
            Answer page = application.browser().get(link.toString());
            Answer signedIn = browser.get(link.toString());
            emulator.close();
            Answer failed = application.browser().get(link.toString());

            assertThat(page.header("Referrer-Policy")).isEqualTo("strict-origin");
            assertThat(failed.header("Referrer-Policy")).isEqualTo("strict-origin");
            assertThat(signedIn.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(signedIn.everything()).doesNotContain(token.substring(0, 16));
            assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain(token.substring(0, 16)));
        } finally {
            ours.removeHandler(recorder);
            ours.setLevel(before);
        }
    }

    private static Handler recorder(List<String> lines) {
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + " " + java.util.Arrays.toString(line.getParameters()) + " "
                        + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        recorder.setLevel(Level.ALL);
        return recorder;
    }
}
