package org.descope4j.it.server;

import org.descope4j.emulator.DescopeEmulator;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the servers that Arquillian starts; alone, since Payara Micro is started anew for each application. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OwnCorsFilterInFrontIT implements OwnCorsFilterInFront {
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .start();

    @Deployment(testable = false)
    static WebArchive application() {
        return VariantsWar.withCorsFilter();
    }

    @AfterAll
    static void endEmulator() {
        EMULATOR.close();
    }
}
