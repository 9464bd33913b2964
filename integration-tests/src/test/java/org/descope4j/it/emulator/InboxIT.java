package org.descope4j.it.emulator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.ChromiumBrowser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The emulator's inbox in Chromium. */
@EnabledIf(value = "isToRun", disabledReason = ChromiumBrowser.NEEDED)
@DisplayNameGeneration(ReplaceUnderscores.class)
class InboxIT {
    private static final Path PICTURES = Path.of(requireNonNull(System.getProperty("screenshots"), "screenshots"));

    static boolean isToRun() {
        return Boolean.getBoolean("ci.complete") || ChromiumBrowser.isInstalled();
    }

    @Test
    void new_messages_appear_by_themselves_newest_first_and_the_page_is_not_loaded_again() throws Exception {
        try (DescopeEmulator descope = DescopeEmulator.start();
                ChromiumBrowser browser = ChromiumBrowser.start(PICTURES)) {
            browser.open(descope.baseUri().resolve("/inbox"));
            assertThat(browser.text()).contains("No messages yet");
            browser.keepPictures("inbox-empty");
            browser.run("window.isStillTheSamePage = true");

            ask(descope, "signup-in/email", "ana@example.com", "{}");
            browser.await("ana@example.com");
            ask(descope, "signup-in/sms", "+15551234567", "{}");
            ask(
                    descope,
                    "signup-in/email",
                    "bob@example.com",
                    "{\"templateId\":\"welcome\",\"locale\":\"de\",\"templateOptions\":{\"app\":\"Acme\"}}");
            browser.await("bob@example.com");

            assertThat(browser.text())
                    .containsSubsequence("3 messages", "bob@example.com", "+15551234567", "ana@example.com");
            assertThat(browser.run("return window.isStillTheSamePage")).isEqualTo(true);
            browser.keepPictures("inbox");

            verify(descope, descope.inbox().latest("ana@example.com").token());
            browser.await("Link used");
        }
    }

    @Test
    void an_emulator_that_has_ended_is_said_to_be_gone() {
        DescopeEmulator descope = DescopeEmulator.start();
        try (ChromiumBrowser browser = ChromiumBrowser.start(PICTURES)) {
            browser.open(descope.baseUri().resolve("/inbox"));

            descope.close();

            browser.await("The emulator does not answer");
        }
    }

    private static void ask(DescopeEmulator descope, String operation, String loginId, String options)
            throws Exception {
        post(
                descope,
                operation,
                "{\"loginId\":\"" + loginId
                        + "\",\"URI\":\"http://localhost:8080/auth/verify/ZXhhbXBsZQ\",\"loginOptions\":" + options
                        + "}");
    }

    private static void verify(DescopeEmulator descope, String linkToken) throws Exception {
        post(descope, "verify", "{\"token\":\"" + linkToken + "\"}");
    }

    private static void post(DescopeEmulator descope, String operation, String json) throws Exception {
        URI address = descope.baseUri().resolve("/v1/auth/magiclink/" + operation);
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .timeout(Duration.ofSeconds(20))
                                .header("Authorization", "Bearer " + descope.projectId())
                                .POST(BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }
}
