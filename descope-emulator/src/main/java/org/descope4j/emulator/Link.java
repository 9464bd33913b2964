package org.descope4j.emulator;

import java.time.Instant;
import java.util.List;

/** What a magic link's token stands for. */
record Link(String token, LinkPurpose purpose, LoginOptions options, List<String> amr, Instant expiresAt) {
    Link {
        amr = List.copyOf(amr);
    }

    /** The expiry itself is too late. */
    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** What the session of somebody who redeemed this link is like. */
    SessionTerms termsFor(User user) {
        return new SessionTerms(user.id(), amr, options.customClaims(), options.tenantId(), options.isStepUp());
    }
}
