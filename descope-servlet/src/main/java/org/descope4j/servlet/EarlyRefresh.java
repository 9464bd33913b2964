package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.descope4j.session.Session;

/**
 * Says when a session is refreshed although it is good for a while yet: in the last quarter of its time or a little later, so that an answer of
 * Descope's that is slow or lost is not the last chance, and that sessions which began together do not end together. When exactly, is worked
 * out from the session JWT itself, so that all requests of a browser and all nodes agree. Immutable.
 */
final class EarlyRefresh {
    /** Of sessions of hours: a session JWT goes on long enough without news of its user as it is. */
    private static final Duration EARLIEST = Duration.ofMinutes(5);

    /** Of the earliest moment, how much at least, and how much by chance. */
    private static final double LEAST = 0.4;

    private static final double SPREAD = 0.6;

    private final Clock clock;

    EarlyRefresh(Clock clock) {
        this.clock = clock;
    }

    boolean isDue(Session session, String sessionJwt) {
        Optional<Instant> issuedAt = session.issuedAt();
        if (issuedAt.isEmpty()) {
            return false;
        }
        Duration quarter = Duration.between(issuedAt.get(), session.expiresAt()).dividedBy(4);
        Duration earliest = quarter.compareTo(EARLIEST) < 0 ? quarter : EARLIEST;
        // the same on every JVM (Javadoc of String.hashCode), and as random as the signature
        double share = (sessionJwt.hashCode() & 0xFFFF) / 65536.0;
        double margin = (LEAST + SPREAD * share) * earliest.toSeconds();
        return !clock.instant().isBefore(session.expiresAt().minusMillis(Math.round(margin * 1000)));
    }
}
