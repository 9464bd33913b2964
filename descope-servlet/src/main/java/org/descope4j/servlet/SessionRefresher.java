package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.descope4j.RefreshedSession;
import org.descope4j.Sessions;

/**
 * Refreshes each session once, however many requests of a page find it expired at the same moment: the first asks Descope, the
 * others and those of the next seconds get the same answer, be it tokens or a failure. Where refresh JWTs rotate, a second question
 * with the old one would end the session. Thread-safe; keeps no token longer than those seconds.
 */
final class SessionRefresher {
    /** Longer than the requests of one page take to arrive; short enough that a failing Descope is asked again soon. */
    private static final Duration KEPT_AFTER_SUCCESS = Duration.ofSeconds(10);

    private static final Duration KEPT_AFTER_FAILURE = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final Clock clock;
    private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();

    SessionRefresher(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * The session that goes on.
     *
     * @throws RuntimeException whatever {@link Sessions#refresh(String)} throws, to every request that waited for it
     */
    RefreshedSession refresh(String refreshJwt) {
        Instant now = clock.instant();
        flights.values().removeIf(flight -> flight.isOver(now));
        Flight own = new Flight();
        Flight flight = flights.computeIfAbsent(fingerprint(refreshJwt), key -> own);
        if (flight == own) {
            fly(own, refreshJwt);
        }
        return landed(flight);
    }

    private void fly(Flight flight, String refreshJwt) {
        try {
            flight.answer.complete(sessions.refresh(refreshJwt));
            flight.keptUntil = clock.instant().plus(KEPT_AFTER_SUCCESS);
        } catch (RuntimeException e) {
            flight.answer.completeExceptionally(e);
            flight.keptUntil = clock.instant().plus(KEPT_AFTER_FAILURE);
        } catch (Error e) {
            flight.answer.completeExceptionally(e);
            flight.keptUntil = Instant.MIN;
            throw e;
        }
    }

    private static RefreshedSession landed(Flight flight) {
        try {
            return flight.answer.join();
        } catch (CompletionException e) {
            // join() wraps what refresh() threw; the caller wants that
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** No bearer token is a key of a map here: whoever reads the heap learns nothing (C27). */
    private static String fingerprint(String refreshJwt) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(refreshJwt.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    private static final class Flight {
        private final CompletableFuture<RefreshedSession> answer = new CompletableFuture<>();
        private volatile Instant keptUntil = Instant.MAX;

        boolean isOver(Instant now) {
            return now.isAfter(keptUntil);
        }
    }
}
