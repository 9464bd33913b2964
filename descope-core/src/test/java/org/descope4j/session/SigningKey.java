package org.descope4j.session;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** A real key pair of a project, as Descope has them. */
public record SigningKey(String id, SigningAlgorithm algorithm, KeyPair pair) {

    public static SigningKey generate(String id, SigningAlgorithm algorithm) {
        return generate(id, algorithm, new SecureRandom());
    }

    /** The same key at each run, so that a token found by a seed can be had again. */
    static SigningKey seeded(String id, SigningAlgorithm algorithm, long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return generate(id, algorithm, random);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SigningKey generate(String id, SigningAlgorithm algorithm, SecureRandom random) {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(algorithm == SigningAlgorithm.RS256 ? "RSA" : "EC");
            generator.initialize(
                    switch (algorithm) {
                        case RS256 -> 2048;
                        case ES256 -> 256;
                        case ES384 -> 384;
                    },
                    random);
            return new SigningKey(id, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    VerificationKey verificationKey() {
        return new VerificationKey(id, algorithm, pair.getPublic());
    }

    byte[] sign(byte[] input) {
        try {
            Signature signature = Signature.getInstance(algorithm.platformName());
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject jwk() {
        JsonObjectBuilder jwk = Json.createObjectBuilder().add("kid", id).add("alg", algorithm.name());
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return jwk.add("kty", "RSA")
                    .add("n", base64Url(rsa.getModulus(), 256))
                    .add("e", base64Url(rsa.getPublicExponent(), 3))
                    .build();
        }
        ECPublicKey point = (ECPublicKey) pair.getPublic();
        NamedCurve curve = NamedCurve.of(algorithm);
        return jwk.add("kty", "EC")
                .add("crv", curve.jwkName())
                .add("x", base64Url(point.getW().getAffineX(), curve.coordinateBytes()))
                .add("y", base64Url(point.getW().getAffineY(), curve.coordinateBytes()))
                .build();
    }

    /** A JWKS document of some keys. */
    public static byte[] document(SigningKey... keys) {
        return documentOf(Arrays.stream(keys).map(SigningKey::jwk).toArray(JsonObject[]::new));
    }

    static byte[] documentOf(JsonObject... jwks) {
        return Json.createObjectBuilder()
                .add("keys", Json.createArrayBuilder(Arrays.asList(jwks)))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String base64Url(BigInteger number, int bytes) {
        byte[] magnitude = number.toByteArray();
        byte[] padded = new byte[bytes];
        int length = Math.min(magnitude.length, bytes);
        System.arraycopy(magnitude, magnitude.length - length, padded, bytes - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
    }
}
