package org.descope4j.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** Another clock's time, and what tests added to it. Safe for use by several threads. */
final class MovableClock extends Clock {
    private final Clock clock;
    private final AtomicReference<Duration> ahead;

    MovableClock(Clock clock) {
        this(clock, new AtomicReference<>(Duration.ZERO));
    }

    private MovableClock(Clock clock, AtomicReference<Duration> ahead) {
        this.clock = clock;
        this.ahead = ahead;
    }

    void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("The clock goes forward, not by " + step);
        }
        ahead.updateAndGet(step::plus);
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovableClock(clock.withZone(zone), ahead);
    }
}
