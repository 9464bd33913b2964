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
        Knowledge known = knowledge;
        Instant now = clock.instant(); // after the read: what is known is never from its reader's future
        if (known.isWorthlessAt(now)) {
            return findInFirstDocument(keyId);
        }
        Optional<VerificationKey> key = known.key(keyId);
        if (key.isEmpty()) {
            return findInNextDocument(keyId);
        }
        if (known.isOverdueAt(now) && !known.isServiceDownAt(now)) {
            return findInDueDocument(keyId);
        }
        if (known.isAgeingAt(now)) {
            launch().ifPresent(this::flyBehind);
        }
        return key;
    }

    @Override
    public void requireKeys() {
        if (!hasKeys()) {
            flyOrWait();
            if (!hasKeys()) {
                throw noKeys();
            }
        }
    }

    private boolean hasKeys() {
        Knowledge known = knowledge;
        return !known.keys().isEmpty() && !known.isWorthlessAt(clock.instant());
    }

    /** Nothing is known: everybody waits for the one request. */
    private Optional<VerificationKey> findInFirstDocument(String keyId) {
        boolean isOwnAnswer = flyOrWait();
        Knowledge first = knowledge;
        if (first.isWorthlessAt(clock.instant())) {
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
    private Optional<VerificationKey> findInNextDocument(String keyId) {
        Optional<Flight> flight = launch();
        if (flight.isEmpty()) {
            return Optional.of(knowledge.key(keyId).orElseThrow(CachingKeySource::cannotTell));
        }
        fly(flight.get());
        return knowledge.key(keyId);
    }

    /** The key may have been withdrawn, and nobody has asked in time: wait, unless the service fails. */
    private Optional<VerificationKey> findInDueDocument(String keyId) {
        boolean isNews = !knowledge.isLastAskedInVain();
        try {
            flyOrWait();
        } catch (KeysUnavailableException e) {
            report(isNews, e);
        }
        return knowledge.key(keyId);
    }

    /** Makes the request or waits for the one under way; tells whether it was made, so that its answer is definite. */
    private boolean flyOrWait() {
        Optional<Flight> flight = launch();
        if (flight.isEmpty()) {
            LOGGER.log(DEBUG, knowledge.flight().awaitLanding() ? "Keys awaited" : "Keys awaited in vain");
            return false;
        }
        fly(flight.get());
        return true;
    }

    private Optional<Flight> launch() {
        launching.lock();
        try {
            Instant now = clock.instant();
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
    private void fly(Flight flight) {
        Knowledge known = knowledge;
        Optional<Map<String, VerificationKey>> answer = Optional.empty();
        try {
            answer = Optional.of(agreed(known, documents.read(fetcher.fetch())));
        } finally {
            knowledge = answer.map(keys -> known.answered(keys)).orElseGet(() -> known.failed(clock.instant()));
            flight.land();
        }
    }

    /** A new thread for one request, daemon and without a pool: after a redeployment nothing of it is left. */
    private void flyBehind(Flight flight) {
        Runnable task = () -> {
            boolean isNews = !knowledge.isLastAskedInVain();
            try {
                fly(flight);
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
                knowledge = knowledge.failed(clock.instant());
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
