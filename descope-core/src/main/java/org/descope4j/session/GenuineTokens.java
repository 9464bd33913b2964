package org.descope4j.session;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tokens that turned out to be genuine, so that the next request with one of them costs no signature check. Memory is bounded: the
 * token that was not used the longest goes first, and only what Descope signed ever gets in. Safe for concurrent use.
 */
final class GenuineTokens {

    private final int most;
    private final Lock lock = new ReentrantLock();
    private final Map<TokenDigest, GenuineToken> byLastUse = new LinkedHashMap<>(16, 0.75f, true);

    GenuineTokens(int most) {
        this.most = most;
    }

    Optional<GenuineToken> find(TokenDigest digest) {
        lock.lock();
        try {
            return Optional.ofNullable(byLastUse.get(digest));
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for it: whatever was not used for longest goes while it is over, or while there are too many. */
    void remember(TokenDigest digest, GenuineToken token, Instant now) {
        lock.lock();
        try {
            byLastUse.put(digest, token);
            Iterator<GenuineToken> longestUnused = byLastUse.values().iterator();
            while (longestUnused.hasNext() && (longestUnused.next().isOverAt(now) || byLastUse.size() > most)) {
                longestUnused.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(TokenDigest digest) {
        lock.lock();
        try {
            byLastUse.remove(digest);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return byLastUse.size();
        } finally {
            lock.unlock();
        }
    }
}
