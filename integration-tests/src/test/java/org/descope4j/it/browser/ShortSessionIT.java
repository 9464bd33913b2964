package org.descope4j.it.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.descope4j.demo.Demo;
import org.descope4j.demo.DemoOptions;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Session JWTs that really expire while the user looks. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShortSessionIT {
    private static final Path SAMPLE = Path.of(requireNonNull(System.getProperty("sample.directory")));

    @Test
    void an_expired_session_is_refreshed_without_the_user_noticing() {
        try (Demo demo = Demo.start(new DemoOptions(SAMPLE, 0, 0, Duration.ofSeconds(3)));
                Browser browser = new HtmlUnitBrowser()) {
            browser.open(demo.uri().resolve("account"));
            browser.type("loginId", "ida@example.com");
            browser.press("Send me a link");
            browser.open(demo.emulator()
                    .orElseThrow()
                    .inbox()
                    .latest("ida@example.com")
                    .link());
            awaitEndOfSessionCookie(browser);

            browser.reload();

            assertThat(browser.text()).contains("ida@example.com");
            assertThat(browser.hasCookie("DS")).isTrue();
        }
    }

    private static void awaitEndOfSessionCookie(Browser browser) {
        Instant patience = Instant.now().plusSeconds(20);
        while (browser.hasCookie("DS")) {
            assertThat(Instant.now()).as("the session cookie outlives its JWT").isBefore(patience);
            Thread.onSpinWait();
        }
    }
}
