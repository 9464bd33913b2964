package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.descope4j.it.constrained.Vault;
import org.descope4j.it.constrained.VaultPage;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Enterprise beans, whose roles only the server knows. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConstrainedBeansIT {
    private static final URI APPLICATION = SampleWar.uri("vault");
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .rolesForNewUsers("member")
            .start();

    @Deployment(testable = false)
    static WebArchive application() {
        return ConstrainedWar.named("vault", EMULATOR).addClasses(Vault.class, VaultPage.class);
    }

    @AfterAll
    static void endEmulator() {
        EMULATOR.close();
    }

    @Test
    void a_bean_opens_to_the_role_that_it_names_and_to_no_other() {
        try (Browser browser = new HtmlUnitBrowser()) {
            browser.open(APPLICATION.resolve("vault"));
            assertThat(browser.text()).contains("open=denied");

            browser.open(APPLICATION.resolve("auth/sign-in"));
            browser.type("loginId", "ana@example.com");
            browser.press("Send me a link");
            browser.open(EMULATOR.inbox().latest("ana@example.com").link());
            browser.open(APPLICATION.resolve("vault"));

            assertThat(browser.text()).contains("open=U", "empty=denied");
        }
    }
}
