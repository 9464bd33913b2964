package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Optional;

/**
 * Where the public keys of a project come from.
 *
 * <p>Implementations are safe for concurrent use. Absent means <em>there is no such key</em>; a source that does not
 * know says so by {@link KeysUnavailableException}.
 */
@FunctionalInterface
public interface KeySource {

    /**
     * Looks up one key by its exact ID.
     *
     * @param keyId the {@code kid} of a token, not verified: use it as a key of a map and for nothing else
     * @return the key, or empty if the project has no key of that ID
     * @throws KeysUnavailableException if it cannot be told at present
     */
    Optional<VerificationKey> find(String keyId);

    /**
     * Makes sure that there are keys. By default there always are.
     *
     * @throws KeysUnavailableException if no key can be had at present
     */
    default void requireKeys() {}

    /**
     * Returns a source that keeps the keys of a JWKS document in memory and fetches it again when needed.
     *
     * <ul>
     *   <li>Keys are used for 10 minutes, so that a withdrawn key dies soon; from 8 minutes on a short-lived daemon
     *       thread fetches the document again, so that nobody waits for it.
     *   <li>When the service fails, known keys stay in use for up to 24 hours: an outage signs nobody out.
     *   <li>There is at most one fetch in 5 seconds, successful or not, so that a bogus key ID cannot make us hammer
     *       Descope. A new key is found at the latest 5 seconds after it appeared. An unknown key ID that may not cause
     *       a fetch now cannot be told.
     * </ul>
     *
     * @param fetcher gets the document
     * @param clock what time it is
     * @return the source
     */
    static KeySource caching(KeyFetcher fetcher, Clock clock) {
        return new CachingKeySource(requireNonNull(fetcher, "fetcher"), requireNonNull(clock, "clock"));
    }
}
