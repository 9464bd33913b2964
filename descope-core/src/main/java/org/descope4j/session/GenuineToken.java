package org.descope4j.session;

import java.time.Instant;

/**
 * A token whose signature one key of the project made. That does not change; whether its claims are acceptable, and whether the key
 * still is the project's, does, so both are judged at each use.
 */
record GenuineToken(TokenHeader header, JsonMembers claims, Instant expiresAt, VerificationKey key) {

    boolean isOverAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Keeps the claims out of every log. */
    @Override
    public String toString() {
        return "GenuineToken[expiresAt=" + expiresAt + "]";
    }
}
