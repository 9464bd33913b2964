package org.descope4j.session;

import java.time.Instant;
import java.util.Optional;

/** Claims that were judged, of a token whose signature was checked: what sessions and refresh tokens are made of. */
record VerifiedClaims(TokenOwner owner, Optional<Instant> issuedAt, Instant expiresAt, JsonMembers members) {

    /** Keeps the values out of every log. */
    @Override
    public String toString() {
        return "VerifiedClaims[expiresAt=" + expiresAt + "]";
    }
}
