package org.descope4j.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private final Duration lifetime;

    Sessions(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** Begins a session that ends at a whole second, as the {@code exp} of its refresh JWT does. */
    synchronized Session start(SessionTerms terms) {
        Instant now = clock.instant();
        sweep(now);
        Session session =
                new Session(RandomText.id("R2"), terms, now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS));
        oldestFirst.put(session.id(), session);
        return session;
    }

    synchronized Optional<Session> find(String id) {
        return Optional.ofNullable(oldestFirst.get(id)).filter(session -> !session.isExpiredAt(clock.instant()));
    }

    /** Begins a session in the place of another, unless that one has ended: of several who try at once, exactly one succeeds. */
    synchronized Optional<Session> renew(Session former) {
        return end(former.id()) ? Optional.of(start(former.terms())) : Optional.empty();
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
