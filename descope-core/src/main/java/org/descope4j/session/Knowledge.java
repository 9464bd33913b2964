package org.descope4j.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that a {@link CachingKeySource} knows at one moment, and what follows from it for the next.
 *
 * <p>A clock that was set back makes whatever lies in its future due at once.
 *
 * @param keys the keys of the last good document
 * @param loadedAt when that document was asked for
 * @param askedAt when a document was last asked for
 * @param failedAt when that failed, if it was in vain
 * @param isLastAskedInVain whether the last request that ended had failed
 * @param flight the last request, which may still be under way
 */
record Knowledge(
        Map<String, VerificationKey> keys,
        Instant loadedAt,
        Instant askedAt,
        Instant failedAt,
        boolean isLastAskedInVain,
        Flight flight) {

    /** Between two requests: 5 seconds, so that a bogus key ID cannot make us hammer Descope. */
    static final Duration COOL_DOWN = Duration.ofSeconds(5);

    /** How long keys are used without asking whether they are still good: 10 minutes, the life of a session JWT. */
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

    /** When we ask again behind the scenes: 2 minutes early, time for two dozen attempts before anybody has to wait. */
    private static final Duration REFRESH_AHEAD = Duration.ofMinutes(8);

    /** How long keys are used while the service fails: a day, so that an outage signs nobody out. */
    static final Duration MAX_STALE = Duration.ofHours(24);

    /** How long we take the service for down without asking: 30 seconds, then a caller waits to find out. */
    private static final Duration FAILURE_REMEMBERED = Duration.ofSeconds(30);

    static final Knowledge NONE = new Knowledge(Map.of(), Instant.MIN, Instant.MIN, Instant.MIN, false, Flight.LANDED);

    Optional<VerificationKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    boolean isAgeingAt(Instant now) {
        return hasPassed(REFRESH_AHEAD, loadedAt, now);
    }

    boolean isOverdueAt(Instant now) {
        return hasPassed(TIME_TO_LIVE, loadedAt, now);
    }

    boolean isWorthlessAt(Instant now) {
        return hasPassed(MAX_STALE, loadedAt, now);
    }

    boolean isServiceDownAt(Instant now) {
        return isLastAskedInVain && (!flight.hasLanded() || !hasPassed(FAILURE_REMEMBERED, failedAt, now));
    }

    boolean mayAskAt(Instant now) {
        return flight.hasLanded() && hasPassed(COOL_DOWN, askedAt, now);
    }

    Knowledge asking(Flight next, Instant now) {
        return new Knowledge(keys, loadedAt, now, failedAt, isLastAskedInVain, next);
    }

    Knowledge answered(Map<String, VerificationKey> answer) {
        return new Knowledge(answer, askedAt, askedAt, failedAt, false, flight);
    }

    Knowledge failed(Instant now) {
        return new Knowledge(keys, loadedAt, askedAt, now, true, flight);
    }

    private static boolean hasPassed(Duration duration, Instant since, Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(duration));
    }
}
