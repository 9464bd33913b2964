package org.descope4j.session;

import java.util.Optional;

/**
 * A signature algorithm of RFC 7518, section 3.1, that a project may sign with. There is no other: neither
 * {@code none} nor any algorithm with a shared secret exists here.
 */
public enum SigningAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256: what Descope signs with today. */
    RS256("SHA256withRSA"),
    /** ECDSA on P-256 with SHA-256. */
    ES256("SHA256withECDSAinP1363Format"),
    /** ECDSA on P-384 with SHA-384: what older Descope projects sign with. */
    ES384("SHA384withECDSAinP1363Format");

    private final String platformName;

    SigningAlgorithm(String platformName) {
        this.platformName = platformName;
    }

    /** The name of the algorithm in the Java platform. */
    String platformName() {
        return platformName;
    }

    /** Finds an algorithm by its exact JOSE name. */
    static Optional<SigningAlgorithm> find(String name) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
