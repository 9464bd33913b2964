package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request was counted against so far, so that all of it can be given back when a later limit refuses the request. Not
 * thread-safe: one request has its own.
 */
final class LimitCount {
    private static final Logger LOG = System.getLogger(LimitCount.class.getName());

    private final SendLimiter limiter;
    private final List<Counted> counted = new ArrayList<>();

    LimitCount(SendLimiter limiter) {
        this.limiter = limiter;
    }

    private record Counted(String key, Rate rate) {}

    /**
     * Counts one more against a limit.
     *
     * @return empty if it was counted; otherwise how long to wait
     * @throws SendLimiterFailedException if the limiter throws or returns null
     */
    Optional<Duration> tryAdd(String key, Rate rate) {
        Optional<Duration> wait = ask(key, rate);
        if (wait.isEmpty()) {
            counted.add(new Counted(key, rate));
        }
        return wait;
    }

    @SuppressWarnings("ConstantValue") // an application's own code, which nobody made to keep the contract
    private Optional<Duration> ask(String key, Rate rate) {
        Optional<Duration> wait;
        try {
            wait = limiter.tryCount(key, rate.count(), rate.period());
        } catch (RuntimeException e) {
            throw new SendLimiterFailedException(
                    "The SendLimiter failed: " + e.getClass().getName(), e);
        }
        if (wait == null) {
            throw new SendLimiterFailedException("The SendLimiter returned null instead of an Optional");
        }
        return wait;
    }

    /** Takes back everything that was counted, the last first. */
    void giveBack() {
        for (int last = counted.size() - 1; last >= 0; last--) {
            Counted one = counted.remove(last);
            try {
                limiter.giveBack(one.key(), one.rate().count(), one.rate().period());
            } catch (RuntimeException e) {
                // it stays counted: stricter than it should be, and over after the period
                LOG.log(
                        Level.WARNING,
                        "The SendLimiter failed to give back a count: {0}",
                        e.getClass().getName());
            }
        }
    }
}
