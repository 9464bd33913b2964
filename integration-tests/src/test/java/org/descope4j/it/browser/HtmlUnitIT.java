package org.descope4j.it.browser;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import org.descope4j.demo.Demo;
import org.descope4j.demo.DemoOptions;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.descope4j.it.SignInStory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestInstance;

/** The story without JavaScript, on any machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HtmlUnitIT implements SignInStory {
    private final Demo demo =
            Demo.start(DemoOptions.onFreePorts(Path.of(requireNonNull(System.getProperty("sample.directory")))));
    private Browser browser;

    @BeforeEach
    void openBrowser() {
        browser = new HtmlUnitBrowser();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @AfterAll
    void endDemo() {
        demo.close();
    }

    @Override
    public Browser browser() {
        return browser;
    }

    @Override
    public Browser anotherBrowser() {
        return new HtmlUnitBrowser();
    }

    @Override
    public URI application() {
        return demo.uri();
    }

    @Override
    public DescopeEmulator emulator() {
        return demo.emulator().orElseThrow();
    }
}
