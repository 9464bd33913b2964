package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import org.descope4j.RefreshedSession;
import org.descope4j.Sessions;

/**
 * Refreshes each session once, however many requests of a page find it expired at the same moment. Where refresh JWTs rotate, a second
 * question with the old one would end the session. Thread-safe.
 */
final class SessionRefresher {
    /** Longer than the requests of one page take to arrive; short enough that a failing Descope is asked again soon. */
    private static final Duration KEPT_AFTER_SUCCESS = Duration.ofSeconds(10);

    private static final Duration KEPT_AFTER_FAILURE = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final SingleFlight<RefreshedSession> flights;

    SessionRefresher(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.flights = new SingleFlight<>(clock, KEPT_AFTER_SUCCESS, KEPT_AFTER_FAILURE);
    }

    /**
     * The session that goes on.
     *
     * @throws RuntimeException whatever {@link Sessions#refresh(String)} throws, to every request that waited for it
     */
    RefreshedSession refresh(String refreshJwt) {
        return flights.ask(refreshJwt, () -> sessions.refresh(refreshJwt));
    }
}
