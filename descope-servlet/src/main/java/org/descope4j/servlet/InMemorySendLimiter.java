package org.descope4j.servlet;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Token buckets in the memory of this node. However many keys are thought up, memory is bounded: the bucket that was not asked for
 * the longest goes first. A bucket that is full again after a count was given back goes at once, so that refused requests, of which
 * there may be any number, push nobody's bucket out. Thread-safe.
 */
final class InMemorySendLimiter implements SendLimiter {
    /** Some 30 MB where all are in use. */
    static final int MOST_BUCKETS = 100_000;

    private final TimeMeter time;
    private final Lock lock = new ReentrantLock();
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    InMemorySendLimiter(Clock clock) {
        time = new ClockMeter(clock);
    }

    @Override
    public Optional<Duration> tryCount(String key, int count, Duration period) {
        lock.lock();
        try {
            ConsumptionProbe probe = bucket(key, count, period).tryConsumeAndReturnRemaining(1);
            return probe.isConsumed()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void giveBack(String key, int count, Duration period) {
        lock.lock();
        try {
            Bucket bucket = buckets.get(key);
            if (bucket == null) {
                return;
            }
            bucket.addTokens(1); // never more than its capacity
            if (bucket.getAvailableTokens() >= count) {
                buckets.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many buckets there are. */
    int size() {
        lock.lock();
        try {
            return buckets.size();
        } finally {
            lock.unlock();
        }
    }

    private Bucket bucket(String key, int count, Duration period) {
        return buckets.computeIfAbsent(
                key,
                unknown -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(count).refillGreedy(count, period))
                        .withCustomTimePrecision(time)
                        .build());
    }

    /** The application's clock, as buckets want it. */
    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
