package org.descope4j.servlet;

import java.time.Duration;

/**
 * A waiting time as people say it: never shorter than it is, and never "1 seconds", so that no language needs plural
 * rules here.
 *
 * @param unit last part of the text's key
 * @param amount the number in it; empty where the text has none
 */
record PageWait(String unit, String amount) {

    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(5);
    private static final Duration SECONDS_UNTIL = Duration.ofSeconds(90);
    private static final Duration MINUTES_UNTIL = Duration.ofMinutes(90);

    static PageWait of(Duration duration) {
        if (duration.compareTo(A_FEW_SECONDS) <= 0) {
            return new PageWait("moment", "");
        }
        if (duration.compareTo(SECONDS_UNTIL) <= 0) {
            return new PageWait("seconds", Long.toString(seconds(duration)));
        }
        if (duration.compareTo(MINUTES_UNTIL) <= 0) {
            return new PageWait(
                    "minutes",
                    Long.toString(duration.plusMinutes(1).minusNanos(1).toMinutes()));
        }
        return new PageWait(
                "hours", Long.toString(duration.plusHours(1).minusNanos(1).toHours()));
    }

    /** Rounded up: who comes back a moment early is sent away again. */
    static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
