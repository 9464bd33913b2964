package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Constraints beside filters of web.xml, which some servers make at the first request that they see. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConstrainedDeclaringIT {
    private static final URI APPLICATION = SampleWar.uri("declaring");
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .rolesForNewUsers("member")
            .start();

    @Deployment(testable = false)
    static WebArchive application() {
        return ConstrainedWar.named("declaring", EMULATOR, ConstrainedWar.FILTERS);
    }

    @AfterAll
    static void endEmulator() {
        EMULATOR.close();
    }

    @Test
    void the_first_request_leads_to_sign_in_and_back_as_well() {
        try (Browser browser = new HtmlUnitBrowser()) {
            URI page = APPLICATION.resolve("private/who");

            browser.open(page);
            browser.type("loginId", "dora@example.com");
            browser.press("Send me a link");
            browser.open(EMULATOR.inbox().latest("dora@example.com").link());

            assertThat(browser.address()).isEqualTo(page);
            assertThat(browser.text()).contains("login=dora@example.com", "member=true", "owner=false");
        }
    }
}
