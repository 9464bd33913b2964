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
     * @throws ApplicationCode.FailedException if the application's limiter fails
     */
    Optional<Duration> tryAdd(String key, Rate rate) {
        Optional<Duration> wait = limiter.tryCount(key, rate.count(), rate.period());
        if (wait.isEmpty()) {
            counted.add(new Counted(key, rate));
        }
        return wait;
    }

    /** Takes back everything that was counted, the last first. */
    void giveBack() {
        for (int last = counted.size() - 1; last >= 0; last--) {
            Counted one = counted.remove(last);
            try {
                limiter.giveBack(one.key(), one.rate().count(), one.rate().period());
            } catch (ApplicationCode.FailedException e) {
                // it stays counted: stricter than it should be, and over after the period
                LOG.log(Level.DEBUG, "A count stays: {0}", e.getMessage());
            }
        }
    }
}
