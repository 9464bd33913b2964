package org.descope4j;

import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The emulator keeps Descope's promises. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmulatorContractTest implements DescopeContract {
    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private static final Descope DESCOPE = Descope.connect(DescopeSettings.forProject(EMULATOR.projectId())
            .baseUri(EMULATOR.baseUri().toString())
            .managementKey(EMULATOR.managementKey())
            .build());

    @Override
    public Descope descope() {
        return DESCOPE;
    }

    @AfterAll
    static void stop() {
        DESCOPE.close();
        EMULATOR.close();
    }
}
