package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The browser that asked, the tab that waits, and every other browser. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SameBrowserTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void V8_strict_signs_the_asking_browser_in_with_one_click() {
        try (ServedApplication application =
                ServedApplication.start(emulator, settings -> settings.sameBrowser("strict"))) {
            assertThat(application.signedIn(ADA).get("/app/account").status()).isEqualTo(200);
        }
    }

    @Test
    void V9_strict_refuses_every_other_browser_and_leaves_the_link_unused() {
        try (ServedApplication application =
                ServedApplication.start(emulator, settings -> settings.sameBrowser("strict"))) {
            Browser asking = application.browser();
            asking.askForLink("email", ADA, "");
            URI link = application.linkTo(ADA);

            Answer other = application.browser().get(link.toString());

            assertThat(other.status()).isEqualTo(400);
            assertThat(other.body()).contains("Send me a new link</button>").doesNotContain("name=\"t\"");
            assertThat(asking.get(link.toString()).status()).isEqualTo(303);
            assertThat(asking.has("DS")).isTrue();
        }
    }

    @Test
    void V9_strict_refuses_the_post_of_another_browser_too() {
        try (ServedApplication application =
                ServedApplication.start(emulator, settings -> settings.sameBrowser("strict"))) {
            Browser asking = application.browser();
            asking.askForLink("email", ADA, "");
            URI link = application.linkTo(ADA);
            Browser other = application.browser();

            String csrf = other.get("/app/auth/sign-in").hidden("_descope_csrf");
            String token = emulator.inbox().latest(ADA).token();

            Answer answer = other.post(link.getPath(), Map.of("_descope_csrf", csrf, "t", token));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(other.has("DS")).isFalse();
        }
    }

    @Test
    void the_tab_that_waits_goes_on_by_itself_once_the_link_was_opened_in_the_same_browser() {
        try (ServedApplication application = ServedApplication.start(emulator)) {
            Browser browser = application.browser();
            Answer asked = browser.askForLink("email", ADA, "/app/account/books?page=2");
            Answer waiting = browser.get(asked.location());
            assertThat(waiting.status()).isEqualTo(200);
            assertThat(waiting.body()).doesNotContain("<script", "http-equiv");
            String next = waiting.header("Refresh");
            assertThat(next)
                    .isEqualTo("5; url=/app/auth/sign-in/sent?returnTo=%2Fapp%2Faccount%2Fbooks%3Fpage%3D2&n=1");

            browser.get(application.linkTo(ADA).toString());

            Answer gone = browser.get(next.substring(next.indexOf('/')));
            assertThat(gone.status()).isEqualTo(303);
            assertThat(gone.location()).isEqualTo("/app/account/books?page=2");
        }
    }

    @Test
    void the_tab_that_waits_does_not_wait_for_ever_and_goes_nowhere_foreign() {
        try (ServedApplication application = ServedApplication.start(emulator)) {
            Browser browser = application.browser();
            browser.askForLink("email", ADA, "");

            assertThat(browser.get("/app/auth/sign-in/sent?n=48").header("Refresh"))
                    .isEmpty();
            assertThat(browser.get("/app/auth/sign-in/sent?n=12").header("Refresh"))
                    .startsWith("15; url=/app/");
            assertThat(browser.get("/app/auth/sign-in/sent?returnTo=//evil.example&n=x;url=//evil.example")
                            .header("Refresh"))
                    .isEqualTo("5; url=/app/auth/sign-in/sent?n=1");
        }
    }

    @Test
    void another_word_for_it_names_the_key() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                                .build())
                        .publicUrl("https://app.example.com")
                        .sameBrowser("code")
                        .build())
                .withMessageContaining("descope.same-browser");
    }
}
