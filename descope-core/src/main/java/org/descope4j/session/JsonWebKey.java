package org.descope4j.session;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JWK (RFC 7517, section 4) into a public key. Certificates that came along are not looked at: the document
 * itself is the root of trust.
 */
final class JsonWebKey {

    /** 16384 bits in base64url; the exact bounds are {@link VerificationKey}'s. */
    private static final int MAX_NUMBER_CHARACTERS = 2731;

    private JsonWebKey() {}

    /**
     * Reads a key.
     *
     * @return the key, or empty if it is not for verifying signatures that we know
     * @throws IllegalArgumentException if it says that it is, and is broken or unfit
     */
    static Optional<VerificationKey> verificationKey(String id, Map<?, ?> jwk) {
        return isForSignatures(jwk)
                ? algorithm(jwk).map(algorithm -> new VerificationKey(id, algorithm, publicKey(algorithm, jwk)))
                : Optional.empty();
    }

    private static boolean isForSignatures(Map<?, ?> jwk) {
        boolean isMeant = !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
        boolean isAllowed = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify"));
        return isMeant && isAllowed;
    }

    /** The one algorithm that we use with keys of this type, unless the key says that it is for another. */
    private static Optional<SigningAlgorithm> algorithm(Map<?, ?> jwk) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (hasTypeFor(algorithm, jwk)) {
                Object stated = jwk.get("alg");
                return stated == null || algorithm.name().equals(stated) ? Optional.of(algorithm) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean hasTypeFor(SigningAlgorithm algorithm, Map<?, ?> jwk) {
        return switch (algorithm) {
            case RS256 -> "RSA".equals(jwk.get("kty"));
            case ES256, ES384 ->
                "EC".equals(jwk.get("kty"))
                        && NamedCurve.of(algorithm).jwkName().equals(jwk.get("crv"));
        };
    }

    private static PublicKey publicKey(SigningAlgorithm algorithm, Map<?, ?> jwk) {
        return switch (algorithm) {
            case RS256 -> publicKey("RSA", new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
            case ES256, ES384 -> publicKey("EC", pointOn(NamedCurve.of(algorithm), jwk));
        };
    }

    private static KeySpec pointOn(NamedCurve curve, Map<?, ?> jwk) {
        byte[] x = bytes(jwk, "x");
        byte[] y = bytes(jwk, "y");
        if (x.length != curve.coordinateBytes() || y.length != curve.coordinateBytes()) {
            throw new IllegalArgumentException("a coordinate has the wrong length");
        }
        return new ECPublicKeySpec(new ECPoint(new BigInteger(1, x), new BigInteger(1, y)), curve.parameters());
    }

    private static PublicKey publicKey(String type, KeySpec spec) {
        try {
            return KeyFactory.getInstance(type).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the platform does not take the key", e);
        }
    }

    /** An unsigned number; a leading zero byte is forbidden by RFC 7518, section 6.3.1.1, seen in practice, harmless. */
    private static BigInteger number(Map<?, ?> jwk, String name) {
        return new BigInteger(1, bytes(jwk, name));
    }

    private static byte[] bytes(Map<?, ?> jwk, String name) {
        if (jwk.get(name) instanceof String text && text.length() <= MAX_NUMBER_CHARACTERS && isAscii(text)) {
            return Base64Url.decode(text.getBytes(StandardCharsets.US_ASCII));
        }
        throw new IllegalArgumentException("the member " + name + " is missing, too long, or not base64url");
    }

    /** Encoding must not turn another character into one that is allowed. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
