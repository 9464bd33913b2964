package org.descope4j.session;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the keys of a JWKS document in memory.
 *
 * <p>All that is known is one immutable {@link Knowledge} behind one reference, so a caller whose key is known reads it
 * without a lock. A fetch is a {@link Flight}: whoever gets one into the reference makes the request, everybody else
 * waits for it or goes without. No lock is held during a request, and no thread outlives one.
 */
final class CachingKeySource implements KeySource {

    private static final System.Logger LOGGER = System.getLogger(CachingKeySource.class.getName());

    private final KeyFetcher fetcher;
    private final Clock clock;
    private final JsonWebKeys documents = new JsonWebKeys();
    private final ReentrantLock launching = new ReentrantLock();
    private volatile Knowledge knowledge = Knowledge.NONE;

    CachingKeySource(KeyFetcher fetcher, Clock clock) {
        this.fetcher = fetcher;
        this.clock = clock;
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        Instant now = clock.instant();
        Knowledge known = knowledge;
        if (known.isWorthlessAt(now)) {
            return findInFirstDocument(keyId, now);
        }
        Optional<VerificationKey> key = known.key(keyId);
        if (key.isEmpty()) {
            return findInNextDocument(keyId, now);
        }
        if (known.isOverdueAt(now) && !known.isServiceDownAt(now)) {
            return findInDueDocument(keyId, now);
        }
        if (known.isAgeingAt(now)) {
            launch(now).ifPresent(flight -> flyBehind(flight, now));
        }
        return key;
    }

    @Override
    public void requireKeys() {
        Instant now = clock.instant();
        Knowledge known = knowledge;
        if (known.isWorthlessAt(now) || known.keys().isEmpty()) {
            flyOrWait(now);
            known = knowledge;
            if (known.isWorthlessAt(now) || known.keys().isEmpty()) {
                throw noKeys();
            }
        }
    }

    /** Nothing is known: everybody waits for the one request. */
    private Optional<VerificationKey> findInFirstDocument(String keyId, Instant now) {
        boolean isOwnAnswer = flyOrWait(now);
        Knowledge first = knowledge;
        if (first.isWorthlessAt(now)) {
            throw noKeys();
        }
        Optional<VerificationKey> key = first.key(keyId);
        if (key.isEmpty() && !isOwnAnswer) {
            throw cannotTell();
        }
        return key;
    }

    /**
     * The key ID is unknown: it is bogus, or the key is new. Nobody waits for another one's request here, or a flood of
     * bogus key IDs would take every thread while the service is slow.
     */
    private Optional<VerificationKey> findInNextDocument(String keyId, Instant now) {
        Optional<Flight> flight = launch(now);
        if (flight.isEmpty()) {
            return Optional.of(knowledge.key(keyId).orElseThrow(CachingKeySource::cannotTell));
        }
        fly(flight.get(), now);
        return knowledge.key(keyId);
    }

    /** The key may have been withdrawn, and nobody has asked in time: wait, unless the service fails. */
    private Optional<VerificationKey> findInDueDocument(String keyId, Instant now) {
        boolean isNews = !knowledge.isLastAskedInVain();
        try {
            flyOrWait(now);
        } catch (KeysUnavailableException e) {
            report(isNews, e);
        }
        return knowledge.key(keyId);
    }

    /** Makes the request or waits for the one under way; tells whether it was made, so that its answer is definite. */
    private boolean flyOrWait(Instant now) {
        Optional<Flight> flight = launch(now);
        if (flight.isEmpty()) {
            LOGGER.log(DEBUG, knowledge.flight().awaitLanding() ? "Keys awaited" : "Keys awaited in vain");
            return false;
        }
        fly(flight.get(), now);
        return true;
    }

    private Optional<Flight> launch(Instant now) {
        launching.lock();
        try {
            if (!knowledge.mayAskAt(now)) {
                return Optional.empty();
            }
            Flight flight = new Flight();
            knowledge = knowledge.asking(flight, now);
            return Optional.of(flight);
        } finally {
            launching.unlock();
        }
    }

    /** Makes the request. Until the flight has landed, nobody else can launch one, or change what is known. */
    private void fly(Flight flight, Instant startedAt) {
        Knowledge known = knowledge;
        Optional<Map<String, VerificationKey>> answer = Optional.empty();
        try {
            answer = Optional.of(agreed(known, documents.read(fetcher.fetch())));
        } finally {
            knowledge =
                    answer.map(keys -> known.answered(keys, startedAt)).orElseGet(() -> known.failed(clock.instant()));
            flight.land();
        }
    }

    /** A new thread for one request, daemon and without a pool: after a redeployment nothing of it is left. */
    private void flyBehind(Flight flight, Instant startedAt) {
        Runnable task = () -> {
            boolean isNews = !knowledge.isLastAskedInVain();
            try {
                fly(flight, startedAt);
            } catch (KeysUnavailableException e) {
                report(isNews, e);
            }
        };
        Thread thread = new Thread(null, task, "descope-keys", 0, false);
        thread.setDaemon(true);
        boolean isStarted = false;
        try {
            thread.start();
            isStarted = true;
        } finally {
            if (!isStarted) {
                knowledge = knowledge.failed(startedAt);
                flight.land();
            }
        }
    }

    /**
     * Leaves out a key that has another value than before under the same ID: one of the two is not Descope's, and it is
     * not ours to guess which. If the next document repeats it, it is taken as new.
     */
    private static Map<String, VerificationKey> agreed(Knowledge known, Map<String, VerificationKey> keys) {
        Map<String, VerificationKey> agreed = new HashMap<>(keys);
        boolean isChanged = agreed.values()
                .removeIf(key ->
                        known.key(key.id()).filter(old -> !old.equals(key)).isPresent());
        if (isChanged) {
            LOGGER.log(
                    WARNING,
                    "The key set has another key under a known key ID; neither is used until it is confirmed. Check what"
                            + " stands between this machine and Descope.");
        }
        return Map.copyOf(agreed);
    }

    /** The first failure is the operator's business; what follows from it is not news. */
    private static void report(boolean isNews, KeysUnavailableException e) {
        LOGGER.log(
                isNews ? WARNING : DEBUG,
                "The keys of the project could not be fetched again; the known ones stay in use for "
                        + Knowledge.MAX_STALE.toHours() + " hours",
                e);
    }

    private static KeysUnavailableException noKeys() {
        return new KeysUnavailableException(
                "Expected the public keys of the project; they could not be fetched, and may"
                        + " not be asked for again so soon. Check that Descope can be reached, and try again in "
                        + Knowledge.COOL_DOWN.toSeconds() + " seconds.");
    }

    private static KeysUnavailableException cannotTell() {
        return new KeysUnavailableException("Expected a token of a known key; the key of this one is unknown, and the"
                + " keys were asked for so recently that it may be newer. Try again in "
                + Knowledge.COOL_DOWN.toSeconds() + " seconds.");
    }
}
