package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.util.List;

/** Whose session it is, how they signed in, and what the JWTs say beside. The tenant is empty when none was selected. */
record SessionTerms(
        String userId, List<String> amr, JsonObject customClaims, String selectedTenant, boolean isSteppedUp) {
    SessionTerms {
        amr = List.copyOf(amr);
    }

    SessionTerms inTenant(String tenantId) {
        return new SessionTerms(userId, amr, customClaims, tenantId, isSteppedUp);
    }

    /** A step-up lasts as long as the session JWT that was given for it. */
    SessionTerms withoutStepUp() {
        return new SessionTerms(userId, amr, customClaims, selectedTenant, false);
    }
}
