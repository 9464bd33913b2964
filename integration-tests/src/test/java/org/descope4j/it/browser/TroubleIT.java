package org.descope4j.it.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.descope4j.demo.Demo;
import org.descope4j.demo.DemoOptions;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What users see when something is wrong: a page that says what to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TroubleIT {
    private final Demo demo =
            Demo.start(DemoOptions.onFreePorts(Path.of(requireNonNull(System.getProperty("sample.directory")))));
    private final Browser browser = new HtmlUnitBrowser();

    @AfterEach
    void end() {
        browser.close();
        demo.close();
    }

    @Test
    void a_garbage_link_offers_a_new_one() {
        browser.open(demo.uri().resolve("auth/verify/garbage?t=garbage"));
        browser.press("Continue");

        assertThat(browser.text()).contains("This link is no longer valid");
        browser.follow("Send me a new link");
        assertThat(browser.address().getPath()).isEqualTo("/auth/sign-in");
    }

    @Test
    void without_descope_the_form_says_to_try_again_and_the_public_page_serves_on() {
        demo.emulator().ifPresent(DescopeEmulator::close);

        browser.open(demo.uri().resolve("auth/sign-in"));
        browser.type("loginId", "kim@example.com");
        browser.press("Send me a link");

        assertThat(browser.text()).contains("We will be right back");
        browser.open(demo.uri());
        assertThat(browser.text()).contains("You are not signed in");
    }
}
