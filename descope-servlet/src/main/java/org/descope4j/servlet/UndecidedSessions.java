package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers since when nobody can tell whether the session of a refresh JWT goes on, so that a person is offered to sign in anew where that
 * lasts. Thread-safe; bounded.
 */
final class UndecidedSessions {
    /** Longer than a restart of a service takes, and than a person waits without being told anything. */
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Digests and times: about 2 MB. Whose is dropped is offered to sign in anew a minute later. */
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Instant> since = new LinkedHashMap<>();

    UndecidedSessions(Clock clock) {
        this.clock = clock;
    }

    /** Nobody can tell, once more. Whether it has been so for long. */
    synchronized boolean isForLong(String refreshJwt) {
        Instant now = clock.instant();
        Instant first = since.computeIfAbsent(Fingerprint.of(refreshJwt), unknown -> now);
        Iterator<String> oldest = since.keySet().iterator();
        if (since.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        return !now.isBefore(first.plus(LONG));
    }

    /** It is known again. */
    synchronized void forget(String refreshJwt) {
        if (!since.isEmpty()) {
            since.remove(Fingerprint.of(refreshJwt));
        }
    }
}
