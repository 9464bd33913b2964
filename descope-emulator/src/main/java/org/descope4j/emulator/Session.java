package org.descope4j.emulator;

import java.time.Instant;

/** A signed-in user, for as long as the refresh JWT with this ID is good. */
record Session(String id, SessionTerms terms, Instant expiresAt) {

    String userId() {
        return terms.userId();
    }

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    Session withoutStepUp() {
        return new Session(id, terms.withoutStepUp(), expiresAt);
    }
}
