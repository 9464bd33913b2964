package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Instant;

/** What a magic link's token stands for. */
record Link(
        String token,
        String userId,
        DeliveryMethod method,
        JsonObject customClaims,
        boolean revokesOtherSessions,
        Instant expiresAt) {

    /** The expiry itself is too late. */
    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
