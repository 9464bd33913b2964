package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sees that a browser posts the same form again: a double click, for which a page without script can do nothing. The second click gets
 * the first one's answer. What a browser does after it was shown the form anew is no double click. Thread-safe; keeps one answer for a
 * browser, a few seconds.
 */
final class DoubleClicks<T> {
    /** An impatient person clicks again within it; one who wants another link does not. */
    static final Duration KEPT = Duration.ofSeconds(5);
    /** Of one browser that wait for one answer: an impatient person's, and no crowd that takes the server's threads. */
    private static final int MOST_FOLLOWERS = 3;

    private final Clock clock;
    private final ConcurrentMap<String, Click<T>> latest = new ConcurrentHashMap<>();

    DoubleClicks(Clock clock) {
        this.clock = clock;
    }

    /**
     * The answer to a click: the first one's own, or that of the first.
     *
     * @param browser the same for the same browser
     * @param what the same for the same form with the same entries
     * @param isToKeep whether a click that comes after the answer gets it too; another one does it anew
     * @return empty where too many clicks wait for the same answer
     * @throws RuntimeException what the first click's answer threw
     */
    Optional<T> once(String browser, String what, Supplier<T> first, Predicate<T> isToKeep) {
        Instant now = clock.instant();
        latest.values().removeIf(click -> click.isOver(now));
        Click<T> own = new Click<>(what);
        Click<T> click = latest.merge(browser, own, (known, mine) -> known.what.equals(what) ? known : mine);
        if (click.equals(own)) {
            return Optional.of(lead(browser, own, first, isToKeep));
        }
        return click.follow();
    }

    /** The browser is shown the form: what it posts next is meant. */
    void startAnew(String browser) {
        latest.remove(browser);
    }

    private T lead(String browser, Click<T> own, Supplier<T> first, Predicate<T> isToKeep) {
        boolean isKept = false;
        try {
            T answer = first.get();
            isKept = isToKeep.test(answer);
            own.keptUntil = clock.instant().plus(KEPT);
            own.answer.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            own.answer.completeExceptionally(e);
            throw e;
        } finally {
            if (!isKept) {
                latest.remove(browser, own);
            }
        }
    }

    private static final class Click<T> {
        private final String what;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final AtomicInteger followers = new AtomicInteger();
        private volatile Instant keptUntil = Instant.MAX;

        Click(String what) {
            this.what = what;
        }

        Optional<T> follow() {
            try {
                boolean hasRoom = followers.incrementAndGet() <= MOST_FOLLOWERS;
                return hasRoom || answer.isDone() ? Optional.of(answer.join()) : Optional.empty();
            } catch (CompletionException e) {
                // join() wraps what the first click threw
                if (e.getCause() instanceof RuntimeException thrown) {
                    throw thrown;
                }
                throw e;
            } finally {
                followers.decrementAndGet();
            }
        }

        boolean isOver(Instant now) {
            return !now.isBefore(keptUntil);
        }
    }
}
