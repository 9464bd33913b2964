package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question once, however many ask it at the same moment: the first asks, the others and those of the next seconds get the same
 * answer, be it a value or a failure. An answer is over when its seconds have passed by System.nanoTime or by the application's clock,
 * whichever is first. Thread-safe.
 *
 * @param <T> the answer
 */
final class KeptAnswers<T> {
    private static final long MOST_BYTES_OF_FAILURES = 4L << 20;
    private static final int BYTES_OF_FAILURE = 2_000;

    private final Clock clock;
    private final Duration keptAfterSuccess;
    private final Duration keptAfterFailure;
    private final SharedWait wait;
    private final ConcurrentMap<String, Question<T>> underWay = new ConcurrentHashMap<>();
    private final ShortMemory<Kept<T>> answers;
    private final ShortMemory<Kept<RuntimeException>> failures;

    /**
     * @param bytesOf about what an answer takes in memory
     * @param wait counts the threads that wait
     * @param sweeper removes answers whose time is over
     */
    KeptAnswers(
            Clock clock,
            Duration keptAfterSuccess,
            Duration keptAfterFailure,
            ToLongFunction<T> bytesOf,
            SharedWait wait,
            Sweeper sweeper) {
        this.clock = clock;
        this.keptAfterSuccess = keptAfterSuccess;
        this.keptAfterFailure = keptAfterFailure;
        this.wait = wait;
        this.answers = new ShortMemory<>(
                keptAfterSuccess, ShortMemory.spareBytes(), kept -> bytesOf.applyAsLong(kept.content()), sweeper);
        this.failures = new ShortMemory<>(keptAfterFailure, MOST_BYTES_OF_FAILURES, kept -> BYTES_OF_FAILURE, sweeper);
    }

    private record Kept<T>(T content, Instant until) {
        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }

        /** May hold tokens: never in a log. */
        @Override
        public String toString() {
            return "Kept[redacted]";
        }
    }

    private static final class Question<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final long begunAt = System.nanoTime();
    }

    /**
     * The answer.
     *
     * @param key the same for the same question; may be a secret, only its digest is kept
     * @throws TooManyWaitException if too many threads wait for answers already
     * @throws RuntimeException whatever the question throws, to everybody who waited for it
     */
    T ask(String key, Supplier<T> question) {
        String fingerprint = Fingerprint.of(key);
        @Nullable T kept = kept(fingerprint);
        if (kept != null) {
            return kept;
        }
        Question<T> own = new Question<>();
        Question<T> asked = underWay.computeIfAbsent(fingerprint, unknown -> own);
        return asked.equals(own)
                ? wait.calling(() -> answered(fingerprint, own, question))
                : wait.answerTo(asked.answer, asked.begunAt);
    }

    /** The answer that was given to this question a short while ago. */
    Optional<T> find(String key) {
        return answers.find(Fingerprint.of(key))
                .filter(kept -> !kept.isOver(clock.instant()))
                .map(Kept::content);
    }

    /** The answer to a question that nobody has asked yet. */
    void keep(String key, T answer) {
        answers.put(Fingerprint.of(key), new Kept<>(answer, clock.instant().plus(keptAfterSuccess)));
    }

    /** This very answer is of no use any more: who asks next asks anew. */
    @SuppressWarnings("ReferenceEquality") // an equal answer is another one
    void forget(String key, T answer) {
        String fingerprint = Fingerprint.of(key);
        answers.find(fingerprint)
                .filter(kept -> kept.content() == answer)
                .ifPresent(kept -> answers.forget(fingerprint, kept));
    }

    private @Nullable T kept(String fingerprint) {
        Instant now = clock.instant();
        failures.find(fingerprint).filter(kept -> !kept.isOver(now)).ifPresent(failure -> {
            throw failure.content();
        });
        return answers.find(fingerprint)
                .filter(kept -> !kept.isOver(now))
                .map(Kept::content)
                .orElse(null);
    }

    private T answered(String fingerprint, Question<T> own, Supplier<T> question) {
        try {
            // another one may have been answered since this one looked
            @Nullable T kept = kept(fingerprint);
            T answer = kept == null ? question.get() : kept;
            if (kept == null) {
                answers.put(fingerprint, new Kept<>(answer, clock.instant().plus(keptAfterSuccess)));
            }
            own.answer.complete(answer);
            return answer;
        } catch (RuntimeException e) {
            failures.put(fingerprint, new Kept<>(e, clock.instant().plus(keptAfterFailure)));
            own.answer.completeExceptionally(e);
            throw e;
        } catch (Error e) {
            own.answer.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(fingerprint, own);
        }
    }
}
