package org.descope4j.servlet;

import java.time.Duration;
import java.util.Optional;

/** The application's {@link SendLimiter}, which may fail: then nobody can tell whether a link is one too many, and none is sent. Thread-safe. */
final class GuardedSendLimiter implements SendLimiter {
    /** A wait that is none would be told as one. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    private final SendLimiter limiter;

    GuardedSendLimiter(SendLimiter limiter) {
        this.limiter = limiter;
    }

    /** @throws ApplicationCode.FailedException if the application's code throws anything or returns null */
    @Override
    public Optional<Duration> tryCount(String key, int count, Duration period) {
        return ApplicationCode.ask("SendLimiter.tryCount", () -> limiter.tryCount(key, count, period))
                .map(GuardedSendLimiter::sensible);
    }

    /** @throws ApplicationCode.FailedException if the application's code throws anything */
    @Override
    public void giveBack(String key, int count, Duration period) {
        ApplicationCode.tell("SendLimiter.giveBack", () -> limiter.giveBack(key, count, period));
    }

    private static Duration sensible(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
