package org.descope4j.emulator;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of the emulated project, as the Descope console would hold them. */
record Project(
        String id,
        Duration sessionLifetime,
        Duration refreshLifetime,
        Duration linkLifetime,
        List<String> rolesForNewUsers,
        boolean rotatesRefreshTokens) {

    private static final Pattern ID = Pattern.compile("P[A-Za-z0-9]{27,63}");

    Project {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A project ID is a P and at least 27 more letters and digits, like "
                    + DescopeEmulator.DEFAULT_PROJECT_ID + "; got " + id);
        }
        requirePositive(sessionLifetime, "sessionLifetime");
        requirePositive(refreshLifetime, "refreshLifetime");
        requirePositive(linkLifetime, "linkLifetime");
        rolesForNewUsers = List.copyOf(rolesForNewUsers);
    }

    private static void requirePositive(Duration lifetime, String name) {
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException(name + " is at least one second, not " + lifetime);
        }
    }
}
