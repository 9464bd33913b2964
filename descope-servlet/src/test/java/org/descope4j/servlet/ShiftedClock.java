package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that is wrong by so much, as that of a machine without NTP. Safe for use by several threads. */
final class ShiftedClock extends Clock {
    private final Clock right;
    private volatile Duration error = Duration.ZERO;

    ShiftedClock(Clock right) {
        this.right = right;
    }

    void isWrongBy(Duration error) {
        this.error = error;
    }

    boolean isRight() {
        return error.isZero();
    }

    @Override
    public Instant instant() {
        return right.instant().plus(error);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("This clock is UTC");
    }
}
