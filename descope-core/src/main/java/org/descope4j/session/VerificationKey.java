package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A public key of the project, fit to verify signatures of exactly one algorithm.
 *
 * <p>It refuses keys that are too weak, or so large that verifying becomes a burden: RSA keys have 2048 to 8192 bits
 * (RFC 7518, section 3.3) and an odd public exponent from 65537 to 64 bits; points of elliptic curves are on the curve
 * that the algorithm names.
 *
 * @param id the key ID, 1 to 128 letters, digits and characters of {@code ._~:/+=@-}
 * @param algorithm the only algorithm this key verifies
 * @param publicKey the key itself
 */
public record VerificationKey(String id, SigningAlgorithm algorithm, PublicKey publicKey) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~:/+=@-]{1,128}");
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65537);
    private static final int MAX_EXPONENT_BITS = 64;

    /**
     * Checks that the key is fit for its algorithm.
     *
     * @param id the key ID, 1 to 128 letters, digits and characters of {@code ._~:/+=@-}
     * @param algorithm the only algorithm this key verifies
     * @param publicKey the key itself
     * @throws IllegalArgumentException if it is not
     */
    public VerificationKey {
        requireNonNull(algorithm, "algorithm");
        requireNonNull(publicKey, "publicKey");
        require(isId(requireNonNull(id, "id")), "a key ID has 1 to 128 characters of A-Z a-z 0-9 . _ ~ : / + = @ -");
        if (algorithm == SigningAlgorithm.RS256) {
            require(publicKey instanceof RSAPublicKey, "RS256 needs an RSA key");
            requireStrong((RSAPublicKey) publicKey);
        } else {
            require(publicKey instanceof ECPublicKey, algorithm + " needs an elliptic curve key");
            require(NamedCurve.of(algorithm).holds((ECPublicKey) publicKey), "the point is not on the curve");
        }
    }

    /** Tells whether a text can be the ID of a key; where it cannot, nobody needs to look for the key. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static void requireStrong(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        BigInteger exponent = key.getPublicExponent();
        int bits = modulus.bitLength();
        require(modulus.signum() > 0 && modulus.testBit(0), "the modulus is not an odd number");
        require(bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS, "an RSA key has 2048 to 8192 bits, not " + bits);
        require(
                exponent.compareTo(MIN_EXPONENT) >= 0
                        && exponent.testBit(0)
                        && exponent.bitLength() <= MAX_EXPONENT_BITS,
                "the public exponent is an odd number from 65537 to 64 bits");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("This key is not used: " + rule);
        }
    }

    /**
     * Whether it is the same key, under the same ID, for the same algorithm. Written out, since Java 17 keeps the class loader of the
     * last record whose own it made (JDK-8078641).
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKey key
                && id.equals(key.id)
                && algorithm == key.algorithm
                && publicKey.equals(key.publicKey);
    }

    /** Two keys of one ID are rare. */
    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Names the key and its algorithm, without the key itself. */
    @Override
    public String toString() {
        return "VerificationKey[id=" + id + ", algorithm=" + algorithm + "]";
    }
}
