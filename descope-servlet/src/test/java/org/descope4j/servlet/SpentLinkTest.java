package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody is signed in and opens a link that does not sign them in as anybody else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpentLinkTest {
    private static final String ADA = "ada@example.com";
    private static final String BOB = "bob@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(emulator);
    private final Browser browser = application.browser();

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private void assertStillAda(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("no longer valid", "still signed in as <bdi>" + ADA + "</bdi>");
        assertThat(answer.body()).contains("href=\"/app/\"", "href=\"/app/auth/sign-out\"");
        VerifyEndpointTest.assertProtected(answer);
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
    }

    @Test
    void N7_a_used_link_of_somebody_else_says_so() {
        application.signedIn(BOB);
        URI used = application.linkTo(BOB);
        application.signIn(browser, ADA);

        Answer answer = browser.confirm(browser.get(used.toString()), used);

        assertStillAda(answer);
        assertThat(answer.body()).contains("b***@e***.com", "name=\"state\"");
    }

    @Test
    void N7_another_link_for_that_account_can_be_had_without_signing_out_and_switches_to_it() {
        application.signedIn(BOB);
        URI used = application.linkTo(BOB);
        application.signIn(browser, ADA);
        Answer answer = browser.confirm(browser.get(used.toString()), used);

        Answer sent = browser.post(
                "/app/auth/sign-in/sent",
                Map.of("_descope_csrf", answer.hidden("_descope_csrf"), "state", answer.hidden("state")));

        assertThat(sent.status()).isEqualTo(303);
        Answer inbox = browser.get(sent.location());
        assertThat(inbox.status()).as("not silently home").isEqualTo(200);
        assertThat(inbox.body()).contains("b***@e***.com");
        URI fresh = application.linkTo(BOB);
        Answer page = browser.get(fresh.toString());
        assertThat(page.body()).contains("Continuing switches the account");
        assertThat(browser.confirm(page, fresh).status()).isEqualTo(303);
        assertThat(browser.get("/app/account").body()).contains("name=" + BOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/x", "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void N7_so_does_garbage(String state) {
        application.signIn(browser, ADA);
        URI garbage = URI.create(application.base() + "/auth/verify" + state + "?t=garbage");

        Answer answer = browser.confirm(browser.get(garbage.toString()), garbage);

        assertStillAda(answer);
        assertThat(answer.body()).doesNotContain("name=\"state\"");
    }

    @Test
    void N7_a_link_glued_together_says_so_too() {
        application.browser().askForLink("email", BOB, "");
        URI bobs = application.linkTo(BOB);
        application.browser().askForLink("email", "eve@example.com", "");
        application.signIn(browser, ADA);
        URI glued = URI.create(bobs.toString().replaceFirst("\\?t=.*", "?t=")
                + emulator.inbox().latest("eve@example.com").token());

        assertStillAda(browser.confirm(browser.get(glued.toString()), glued));
    }

    @Test
    void V12_V13_the_users_own_used_link_still_just_goes_on() {
        browser.askForLink("email", ADA, "/app/account/books");
        URI link = application.linkTo(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        other.confirm(page, link);

        assertThat(other.confirm(page, link).location()).isEqualTo("/app/account/books");
        assertThat(other.get(link.toString()).location()).isEqualTo("/app/account/books");
    }

    @Test
    void V13_so_does_the_users_own_used_link_of_a_text_message_in_any_browser() {
        application.browser().askForLink("sms", "+4915112345678", "");
        URI link = application.linkTo("+4915112345678");
        Answer page = browser.get(link.toString());
        browser.confirmAccount(browser.confirm(page, link));

        assertThat(browser.get(link.toString()).status()).isEqualTo(303);
        assertThat(browser.confirm(page, link).status()).isEqualTo(303);
    }
}
