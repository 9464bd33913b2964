package org.descope4j.session;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a JWKS document (RFC 7517, section 5) into the keys that can be used.
 *
 * <p>A key that cannot be used is left out and does no harm to the others. A document that is no key set, or holds no
 * usable key at all, is refused as a whole, so that it cannot wipe out keys that are known to be good.
 */
final class JsonWebKeys {

    private static final System.Logger LOGGER = System.getLogger(JsonWebKeys.class.getName());
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_KEYS = 100;

    private final StrictJson json = new StrictJson();

    /**
     * Reads a document.
     *
     * @return the usable keys by ID
     * @throws KeysUnavailableException if the document is refused
     */
    Map<String, VerificationKey> read(byte[] document) {
        if (document.length > MAX_BYTES) {
            throw refused("more than " + MAX_BYTES + " bytes");
        }
        if (members(document).values().get("keys") instanceof List<?> keys && keys.size() <= MAX_KEYS) {
            return usable(keys);
        }
        throw refused("no list of at most " + MAX_KEYS + " keys");
    }

    private JsonMembers members(byte[] document) {
        try {
            return json.object(document);
        } catch (NotStrictJsonException e) {
            throw refused(e.whatCame());
        }
    }

    private static Map<String, VerificationKey> usable(List<?> keys) {
        Map<String, Map<?, ?>> seen = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        Map<String, VerificationKey> usable = new HashMap<>();
        for (Object element : keys) {
            if (element instanceof Map<?, ?> jwk && jwk.get("kid") instanceof String id) {
                Map<?, ?> namesake = seen.putIfAbsent(id, jwk);
                if (namesake != null && !namesake.equals(jwk)) {
                    ambiguous.add(id);
                }
                verificationKey(id, jwk).ifPresent(key -> usable.put(id, key));
            }
        }
        if (usable.isEmpty()) {
            throw refused("no usable key");
        }
        // two different keys of one ID: neither is used, for to try both is what an attacker would ask for
        usable.keySet().removeAll(ambiguous);
        return Map.copyOf(usable);
    }

    private static Optional<VerificationKey> verificationKey(String id, Map<?, ?> jwk) {
        try {
            Optional<VerificationKey> key = JsonWebKey.verificationKey(id, jwk);
            if (key.isPresent() && jwk.containsKey("d")) {
                LOGGER.log(
                        WARNING,
                        "The key set publishes a private key: whoever reads it can sign in as anybody. Rotate the keys"
                                + " of the project in the Descope console.");
            }
            return key;
        } catch (IllegalArgumentException e) {
            LOGGER.log(DEBUG, "A key of the key set is left out: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private static KeysUnavailableException refused(String whatCame) {
        return new KeysUnavailableException("Expected a JWKS document with at least one usable key; came " + whatCame
                + ". Check descope.base-url and descope.project-id, and what stands between this machine and Descope.");
    }
}
