package org.descope4j.emulator;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The links that were sent and neither redeemed nor expired. Safe for use by several threads: of several who redeem one link at once,
 * exactly one succeeds.
 *
 * <p>It holds the newest 10,000. Those that were sent live equally long, so the oldest of them is the first to expire; one that expires
 * before its turn is no good either, and goes when its turn comes.
 */
final class Links {
    static final int CAPACITY = 10_000;

    private final Map<String, Link> oldestFirst = new LinkedHashMap<>();
    private final Clock clock;

    Links(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(Link link) {
        sweep(clock.instant());
        oldestFirst.put(link.token(), link);
    }

    /** Takes the link out, so that it works once only. Absent when it was never there, was redeemed or has expired. */
    synchronized Optional<Link> redeem(String token) {
        return Optional.ofNullable(oldestFirst.remove(token)).filter(link -> !link.isExpiredAt(clock.instant()));
    }

    synchronized boolean isOpen(String token) {
        Link link = oldestFirst.get(token);
        return link != null && !link.isExpiredAt(clock.instant());
    }

    synchronized void clear() {
        oldestFirst.clear();
    }

    private void sweep(Instant now) {
        Iterator<Link> oldest = oldestFirst.values().iterator();
        while (oldest.hasNext()) {
            Link link = oldest.next();
            if (!link.isExpiredAt(now) && oldestFirst.size() < CAPACITY) {
                return;
            }
            oldest.remove();
        }
    }
}
