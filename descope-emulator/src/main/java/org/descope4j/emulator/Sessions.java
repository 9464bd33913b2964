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
 * <p>It holds the newest 100,000; an older one reads as ended. One that was replaced reads as its successor for the grace period of the
 * project.
 */
final class Sessions {
    private static final int CAPACITY = 100_000;

    private final Map<String, Session> oldestFirst = new LinkedHashMap<>();
    private final Clock clock;
    private final Duration lifetime;
    private final Duration grace;
    private final Map<String, Replacement> replaced = new LinkedHashMap<>();

    /** @param grace how long a replaced session is still good */
    Sessions(Clock clock, Duration lifetime, Duration grace) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.grace = grace;
    }

    private record Replacement(String successor, Instant until) {}

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
        Instant now = clock.instant();
        Session session = oldestFirst.get(id);
        if (session != null) {
            return Optional.of(session).filter(found -> !found.isExpiredAt(now));
        }
        return Optional.ofNullable(replaced.get(id))
                .filter(replacement -> now.isBefore(replacement.until()))
                .flatMap(replacement -> find(replacement.successor()));
    }

    /**
     * Begins a session in the place of another, unless that one has ended: of several who try at once, exactly one succeeds, where there is
     * no grace period.
     */
    synchronized Optional<Session> renew(Session former) {
        if (!end(former.id())) {
            return find(former.id()).flatMap(this::renew);
        }
        Session successor = start(former.terms());
        if (!grace.isZero()) {
            Instant now = clock.instant();
            replaced.values().removeIf(replacement -> !now.isBefore(replacement.until()));
            replaced.put(former.id(), new Replacement(successor.id(), now.plus(grace)));
        }
        return Optional.of(successor);
    }

    synchronized boolean end(String id) {
        return oldestFirst.remove(id) != null;
    }

    synchronized void endAllOf(String userId) {
        oldestFirst.values().removeIf(session -> session.userId().equals(userId));
    }

    synchronized void clear() {
        replaced.clear();
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
