package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.descope4j.it.SignInStory;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The story on a server that gets its settings as an operator gives them: by system properties. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class StoryOnServer implements SignInStory {
    private static @Nullable DescopeEmulator emulator;

    private @Nullable Browser browser;

    @BeforeAll
    static void startEmulator() {
        emulator = DescopeEmulator.builder()
                .port(Integer.getInteger("emulator.port", 0))
                .rolesForNewUsers("member")
                .start();
    }

    @AfterAll
    static void endEmulator() {
        requireNonNull(emulator).close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new HtmlUnitBrowser();
    }

    @AfterEach
    void closeBrowser() {
        browser().close();
    }

    @Override
    public Browser browser() {
        return requireNonNull(browser);
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
        return requireNonNull(emulator);
    }
}
