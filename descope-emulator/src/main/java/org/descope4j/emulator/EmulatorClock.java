package org.descope4j.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The system's clock, running or stopped, plus an offset that only grows. Safe for use by several threads. */
final class EmulatorClock extends Clock {
    private static final Duration FARTHEST = Duration.ofDays(36_525);

    private final Clock running;
    private volatile Clock base;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    EmulatorClock(Clock base) {
        this.running = base;
        this.base = base;
    }

    /** From now on only {@link #advance} moves it. */
    void stop() {
        base = Clock.fixed(base.instant(), ZoneOffset.UTC);
    }

    void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("The clock moves forward only, not by " + step);
        }
        if (step.compareTo(FARTHEST) > 0) {
            throw new IllegalArgumentException("The clock runs at most a hundred years ahead");
        }
        offset.accumulateAndGet(step, EmulatorClock::plus);
    }

    private static Duration plus(Duration offset, Duration step) {
        Duration sum = offset.plus(step);
        return sum.compareTo(FARTHEST) > 0 ? FARTHEST : sum;
    }

    void reset() {
        base = running;
        offset.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The emulator's clock is UTC");
    }
}
