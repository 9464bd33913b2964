package org.descope4j.it.browser;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import org.descope4j.demo.Demo;
import org.descope4j.demo.DemoOptions;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.ChromiumBrowser;
import org.descope4j.it.SignInStory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The story in the browser that most people have, where it is installed; it keeps a picture of each page. */
@EnabledIf(value = "isToRun", disabledReason = ChromiumBrowser.NEEDED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChromiumIT implements SignInStory {
    private final Demo demo =
            Demo.start(DemoOptions.onFreePorts(Path.of(requireNonNull(System.getProperty("sample.directory")))));
    private final Path pictures = Path.of(requireNonNull(System.getProperty("screenshots")));
    private Browser browser;

    @BeforeEach
    void openBrowser() {
        browser = ChromiumBrowser.start(pictures);
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
        return ChromiumBrowser.start(pictures);
    }

    @Override
    public URI application() {
        return demo.uri();
    }

    @Override
    public DescopeEmulator emulator() {
        return demo.emulator().orElseThrow();
    }

    /** Where everything must be tested, a missing browser is a failure. */
    static boolean isToRun() {
        return ChromiumBrowser.isInstalled() || Boolean.getBoolean("ci.complete");
    }
}
