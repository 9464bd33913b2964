package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what anybody can make happen from filling the log: of one kind of event the first is told at its level, those of the ten minutes
 * after it at DEBUG, and the next one after that with the count of those. Thread-safe; bounded by the number of
 * texts in our code, and of Descope's error codes.
 */
final class Repetitions {
    /** So that an attack of a day is some hundred lines. */
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    Repetitions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Tells an event.
     *
     * @param kind a text of our code, in the form of {@link java.text.MessageFormat}; events with the same text and level are of one kind
     */
    void log(Logger log, Level level, String kind, @Nullable Object... parameters) {
        Told now = told.merge(
                log.getName() + level + kind,
                new Told(clock.instant(), 0, true, 0),
                (before, first) -> before.isOver(first.since())
                        ? new Told(first.since(), 0, true, before.untold())
                        : new Told(before.since(), before.untold() + 1, false, 0));
        if (!now.isFirst()) {
            log.log(Level.DEBUG, kind, parameters);
            return;
        }
        log.log(level, kind, parameters);
        if (now.before() > 0) {
            log.log(level, "The same was told at DEBUG {0} times in the time before", Long.toString(now.before()));
        }
    }

    /**
     * What was told of one kind.
     *
     * @param since when the last one was told at its level
     * @param untold how many since
     * @param isFirst whether it is the one to tell
     * @param before how many there were between the last one told and this one
     */
    private record Told(Instant since, long untold, boolean isFirst, long before) {
        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(PERIOD));
        }
    }
}
