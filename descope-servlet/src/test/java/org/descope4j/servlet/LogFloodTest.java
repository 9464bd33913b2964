package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Requests of a stranger, many of a kind: one line, and then a count (L3). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogFloodTest {
    private static final int MANY = 200;
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(emulator);
    private final LoggedLines log = LoggedLines.ofUs();

    @AfterEach
    void stop() {
        log.close();
        application.close();
        emulator.close();
    }

    @Test
    void L3_bearer_tokens_that_nobody_signed_are_one_line_and_then_a_count() {
        Browser browser = application.browser();
        flood(attempt -> browser.get("/app/account", "Authorization", "Bearer " + unsigned("key" + attempt)));

        assertThat(loud()).hasSize(1).allMatch(line -> line.contains("Nobody can tell who is signed in"));

        emulator.advanceClock(PERIOD.minusSeconds(1));
        browser.get("/app/account", "Authorization", "Bearer " + unsigned("one"));
        browser.get("/app/account", "Authorization", "Bearer " + unsigned("two"));
        assertThat(loud()).hasSize(1);

        emulator.advanceClock(Duration.ofSeconds(1));
        browser.get("/app/account", "Authorization", "Bearer " + unsigned("three"));
        browser.get("/app/account", "Authorization", "Bearer " + unsigned("four"));
        assertThat(loud()).hasSize(3);
        // the first of each flood has the keys fetched and is refused at DEBUG; of the 199 others one was told, and
        // "two" came after
        assertThat(loud().get(2)).isEqualTo("WARNING The same was told at DEBUG 199 times in the time before");
    }

    @Test
    void L3_session_cookies_that_are_none_are_one_line() {
        Browser browser = application.browser();
        flood(attempt -> {
            browser.plant("DS", "junk" + attempt);
            browser.get("/app/who");
        });

        assertThat(loud()).hasSize(1).allMatch(line -> line.contains("Session cookie refused"));
    }

    @Test
    void L3_links_wanted_for_addresses_without_an_account_are_one_line_where_nobody_new_is_taken() {
        try (ServedApplication closed =
                ServedApplication.start(emulator, settings -> settings.registration("closed"))) {
            for (int attempt = 0; attempt < 20; attempt++) {
                closed.browser().askForLink("email", "nobody" + attempt + "@example.com", "");
            }
        }

        assertThat(log.warnings().filter(line -> line.contains("Descope refused to send a link")))
                .hasSize(1)
                .allMatch(line -> line.contains("refused to send a link: E"));
    }

    /** What is there for everybody to read: warnings, and what is told at INFO but for the events themselves. */
    private List<String> loud() {
        return log.all().stream()
                .filter(line -> line.startsWith("WARNING") || line.startsWith("SEVERE") || line.startsWith("INFO"))
                .filter(line -> !line.contains("reference="))
                .toList();
    }

    private static void flood(Consumer<Integer> request) {
        for (int attempt = 0; attempt < MANY; attempt++) {
            request.accept(attempt);
        }
    }

    private String unsigned(String keyId) {
        return base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}") + "."
                + base64("{\"iss\":\"" + emulator.projectId() + "\",\"sub\":\"U2x\",\"drn\":\"DS\",\"exp\":"
                        + emulator.clock().instant().plusSeconds(600).getEpochSecond() + ",\"iat\":"
                        + emulator.clock().instant().getEpochSecond() + "}")
                + "." + "A".repeat(342);
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
