package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Instant;

/** A signed-in user, for as long as the refresh JWT with this ID is good. */
record Session(String id, String userId, DeliveryMethod method, JsonObject customClaims, Instant expiresAt) {

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
