package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of an emulated project, as the Descope console would hold them. */
record ProjectSettings(
        String id,
        Lifetimes lifetimes,
        ManagementKeys keys,
        TokenCookies cookies,
        SigningAlgorithm algorithm,
        IssuerForm issuerForm,
        List<String> rolesForNewUsers,
        boolean rotatesRefreshTokens,
        Duration rotationGracePeriod,
        JsonObject customClaims) {

    private static final Pattern ID = Pattern.compile("P[A-Za-z0-9]{27,63}");

    ProjectSettings {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A project ID is a P and at least 27 more letters and digits, like "
                    + DescopeEmulator.DEFAULT_PROJECT_ID + "; got " + id);
        }
        if (rotationGracePeriod.isNegative()) {
            throw new IllegalArgumentException("A grace period is not negative: " + rotationGracePeriod);
        }
        rolesForNewUsers = List.copyOf(rolesForNewUsers);
    }
}
