package org.descope4j.emulator;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions that have neither ended nor expired. Safe for use by several threads.
 *
 * <p>It holds the newest 100,000; an older one reads as ended.
 */
final class Sessions {
    private static final int CAPACITY = 100_000;

    private final Map<String, Session> oldestFirst = new LinkedHashMap<>();
    private final Clock clock;

    Sessions(Clock clock) {
        this.clock = clock;
    }

    synchronized void start(Session session) {
        sweep(clock.instant());
        oldestFirst.put(session.id(), session);
    }

    synchronized Optional<Session> find(String id) {
        return Optional.ofNullable(oldestFirst.get(id)).filter(session -> !session.isExpiredAt(clock.instant()));
    }

    /** Puts one session in the place of another, unless that one has ended: of several who try at once, exactly one succeeds. */
    synchronized boolean replace(Session former, Session latter) {
        if (!end(former.id())) {
            return false;
        }
        start(latter);
        return true;
    }

    synchronized boolean end(String id) {
        return oldestFirst.remove(id) != null;
    }

    synchronized void endAllOf(String userId) {
        oldestFirst.values().removeIf(session -> session.userId().equals(userId));
    }

    synchronized void clear() {
        oldestFirst.clear();
    }

    private void sweep(Instant now) {
        Iterator<Session> oldest = oldestFirst.values().iterator();
        while (oldest.hasNext()) {
            Session session = oldest.next();
            if (!session.isExpiredAt(now) && oldestFirst.size() < CAPACITY) {
                return;
            }
            oldest.remove();
        }
    }
}
