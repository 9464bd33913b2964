package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import org.descope4j.RefreshedSession;
import org.descope4j.Sessions;

/**
 * Refreshes each session once, however many requests of a page find it expired at the same moment. Where refresh JWTs rotate, a second
 * question with the old one would end the session; so who comes a little later, or did not get the first answer, gets its successor.
 * Thread-safe.
 */
final class SessionRefresher {
    /** Longer than the requests of one page take to arrive, and than a person needs to try again whose answer was lost on the way. */
    private static final Duration KEPT_AFTER_SUCCESS = Duration.ofSeconds(60);

    /** Short enough that a failing Descope is asked again soon. */
    private static final Duration KEPT_AFTER_FAILURE = Duration.ofSeconds(2);

    /** More than sessions of a few seconds can follow each other while a first answer is kept. */
    private static final int MOST_SUCCESSORS = 20;

    private final Sessions sessions;
    private final Clock clock;
    private final SingleFlight<RefreshedSession> flights;

    SessionRefresher(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
        this.flights = new SingleFlight<>(clock, KEPT_AFTER_SUCCESS, KEPT_AFTER_FAILURE);
    }

    /**
     * The session that goes on.
     *
     * @throws RuntimeException whatever {@link Sessions#refresh(String)} throws, to every request that waited for it
     */
    RefreshedSession refresh(String refreshJwt) {
        String asked = refreshJwt;
        RefreshedSession answer = ask(asked);
        for (int successor = 0; successor < MOST_SUCCESSORS && isOver(answer); successor++) {
            String next = answer.tokens().refreshJwt();
            if (next.equals(asked)) {
                flights.forget(asked, answer);
            }
            asked = next;
            answer = ask(asked);
        }
        return answer;
    }

    /** Who comes with the new refresh JWT alone, since the new session JWT fits into no cookie, gets the same answer. */
    void keep(RefreshedSession refreshed) {
        flights.keep(refreshed.tokens().refreshJwt(), refreshed);
    }

    private RefreshedSession ask(String refreshJwt) {
        return flights.ask(refreshJwt, () -> sessions.refresh(refreshJwt));
    }

    private boolean isOver(RefreshedSession answer) {
        return !clock.instant().isBefore(answer.session().expiresAt());
    }
}
