package org.descope4j.it.server;

import java.net.URI;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.descope4j.it.SignInStory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The story on a server that gets its settings as an operator gives them: by system properties. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleOnServerIT implements SignInStory {
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .rolesForNewUsers("member")
            .start();

    private Browser browser;

    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.read();
    }

    @BeforeEach
    void openBrowser() {
        browser = new HtmlUnitBrowser();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @AfterAll
    static void endEmulator() {
        EMULATOR.close();
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
        return SampleWar.uri();
    }

    @Override
    public DescopeEmulator emulator() {
        return EMULATOR;
    }
}
