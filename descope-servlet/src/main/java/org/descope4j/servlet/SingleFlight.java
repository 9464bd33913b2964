package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question once, however many ask it at the same moment: the first asks, the others and those of the next seconds get the same
 * answer, be it a value or a failure. Thread-safe; keeps no answer longer than those seconds.
 */
final class SingleFlight<T> {
    private final Clock clock;
    private final Duration keptAfterSuccess;
    private final Duration keptAfterFailure;
    private final ConcurrentMap<String, Flight<T>> flights = new ConcurrentHashMap<>();

    SingleFlight(Clock clock, Duration keptAfterSuccess, Duration keptAfterFailure) {
        this.clock = clock;
        this.keptAfterSuccess = keptAfterSuccess;
        this.keptAfterFailure = keptAfterFailure;
    }

    /**
     * The answer.
     *
     * @param key the same for the same question; may be a secret, only its digest is kept
     * @throws RuntimeException whatever the question throws, to everybody who waited for it
     */
    T ask(String key, Supplier<T> question) {
        Instant now = clock.instant();
        flights.values().removeIf(flight -> flight.isOver(now));
        Flight<T> own = new Flight<>();
        Flight<T> flight = flights.computeIfAbsent(fingerprint(key), unknown -> own);
        if (flight.equals(own)) {
            fly(own, question);
        }
        return landed(flight);
    }

    /** The answer to a question that nobody has asked yet. */
    void keep(String key, T answer) {
        Flight<T> landed = new Flight<>();
        landed.keptUntil = clock.instant().plus(keptAfterSuccess);
        landed.answer.complete(answer);
        flights.putIfAbsent(fingerprint(key), landed);
    }

    /** This very answer is of no use any more: who asks next asks anew. */
    @SuppressWarnings("ReferenceEquality") // an equal answer is another one
    void forget(String key, T answer) {
        flights.computeIfPresent(fingerprint(key), (same, flight) -> flight.landedWith() == answer ? null : flight);
    }

    private void fly(Flight<T> flight, Supplier<T> question) {
        try {
            T answer = question.get();
            flight.keptUntil = clock.instant().plus(keptAfterSuccess);
            flight.answer.complete(answer);
        } catch (RuntimeException e) {
            flight.keptUntil = clock.instant().plus(keptAfterFailure);
            flight.answer.completeExceptionally(e);
        } catch (Error e) {
            flight.keptUntil = Instant.MIN;
            flight.answer.completeExceptionally(e);
            throw e;
        }
    }

    private static <T> T landed(Flight<T> flight) {
        try {
            return flight.answer.join();
        } catch (CompletionException e) {
            // join() wraps what the question threw; the caller wants that
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** No bearer token is a key of a map here: whoever reads the heap learns nothing (C27). */
    private static String fingerprint(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    private static final class Flight<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private volatile Instant keptUntil = Instant.MAX;

        /** Null while it flies, and where it failed. */
        @Nullable
        T landedWith() {
            return answer.isCompletedExceptionally() ? null : answer.getNow(null);
        }

        boolean isOver(Instant now) {
            return !now.isBefore(keptUntil);
        }
    }
}
