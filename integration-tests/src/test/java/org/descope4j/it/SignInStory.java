package org.descope4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.Test;

/** What users of the sample live through, in any browser and on any server. Each test is another user. */
public interface SignInStory {

    /** A browser that has never been anywhere; the same throughout a test. */
    Browser browser();

    /** A browser of the same make on another device. */
    Browser anotherBrowser();

    /** Where the sample is, with a slash at the end. */
    URI application();

    /** Where its messages go. */
    DescopeEmulator emulator();

    @Test
    default void a_visitor_asks_for_a_link_and_follows_it_to_the_account() {
        browser().open(application());
        assertThat(browser().text()).contains("You are not signed in");
        browser().keepPictures("1-home");
        browser().follow("Sign in");
        browser().keepPictures("2-sign-in");
        browser().type("loginId", "ana@example.com");
        browser().press("Send me a link");
        assertThat(browser().text()).contains("Check your inbox");
        browser().keepPictures("3-check-your-inbox");
        browser().open(emulator().baseUri().resolve("/inbox"));
        browser().keepPictures("4-inbox-of-the-emulator");

        browser().follow("Open link");

        assertThat(browser().address()).isEqualTo(application().resolve("account"));
        assertThat(browser().text()).contains("ana@example.com", "member");
        browser().keepPictures("5-account");
        browser().follow("Home");
        assertThat(browser().text()).contains("You are signed in as ana@example.com");
        browser().keepPictures("6-home-signed-in");
    }

    @Test
    default void the_protected_page_leads_to_sign_in_and_back() {
        URI bookmark = application().resolve("account?tab=roles");
        browser().open(bookmark);
        assertThat(browser().address().getPath()).endsWith("/auth/sign-in");

        askForLink("ben@example.com");
        browser().open(linkFor("ben@example.com"));

        assertThat(browser().address()).isEqualTo(bookmark);
        assertThat(browser().text()).contains("ben@example.com");
    }

    @Test
    default void the_rest_resource_tells_who_is_signed_in() {
        signIn("cleo@example.com");

        browser().open(application().resolve("api/me"));

        assertThat(browser().text())
                .contains("\"loginId\":\"cleo@example.com\"")
                .contains("\"name\":\"cleo@example.com\"")
                .contains("\"roles\":[\"member\"]")
                .contains("\"permissions\":[]")
                .contains("\"tenants\":[]");
    }

    @Test
    default void a_reload_keeps_the_session() {
        signIn("dan@example.com");

        browser().reload();

        assertThat(browser().text()).contains("dan@example.com");
    }

    /** The session cookie lives no longer than its JWT, so the browser drops it first. */
    @Test
    default void a_session_that_is_over_is_refreshed_without_the_user_noticing() {
        signIn("eva@example.com");
        browser().dropCookie("DS");

        browser().reload();

        assertThat(browser().text()).contains("eva@example.com");
        assertThat(browser().hasCookie("DS")).isTrue();
    }

    @Test
    default void sign_out_ends_the_session() {
        signIn("finn@example.com");

        browser().press("Sign out");

        assertThat(browser().text()).contains("You are not signed in");
        assertThat(browser().hasCookie("DS")).isFalse();
        assertThat(browser().hasCookie("DSR")).isFalse();
    }

    @Test
    default void a_link_opened_on_another_device_signs_in_after_a_click() {
        browser().open(application().resolve("account"));
        askForLink("gina@example.com");
        URI link = linkFor("gina@example.com");

        try (Browser phone = anotherBrowser()) {
            phone.open(link);
            assertThat(phone.hasCookie("DSR")).isFalse();
            phone.keepPictures("7-opened-on-another-device");
            phone.press("Sign in");

            assertThat(phone.text()).contains("gina@example.com");
        }
    }

    /** V1, V2, V20: mail scanners open links before people do, some of them in a real browser. */
    @Test
    default void V1_V2_V20_scanners_that_open_the_link_first_do_not_use_it_up()
            throws IOException, InterruptedException {
        browser().open(application().resolve("account"));
        askForLink("jo@example.com");
        URI link = linkFor("jo@example.com");

        request("HEAD", link);
        request("GET", link);
        try (Browser scanner = anotherBrowser()) {
            scanner.open(link);
        }
        browser().open(link);

        assertThat(browser().text()).contains("jo@example.com");
    }

    @Test
    default void a_link_that_was_used_says_so_and_offers_a_new_one() {
        signIn("hugo@example.com");
        URI used = linkFor("hugo@example.com");

        try (Browser phone = anotherBrowser()) {
            phone.open(used);
            phone.press("Sign in");

            assertThat(phone.text()).contains("no longer valid");
            phone.keepPictures("8-link-used");
            phone.press("Send me a new link");
            assertThat(phone.text()).contains("another link is on its way");
        }
    }

    private void signIn(String loginId) {
        browser().open(application().resolve("account"));
        askForLink(loginId);
        browser().open(linkFor(loginId));
        assertThat(browser().text()).contains(loginId);
    }

    private void askForLink(String loginId) {
        browser().type("loginId", loginId);
        browser().press("Send me a link");
        assertThat(browser().text()).contains("Check your inbox");
    }

    private static void request(String method, URI link) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(link)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    private URI linkFor(String loginId) {
        return emulator().inbox().latest(loginId).link();
    }
}
