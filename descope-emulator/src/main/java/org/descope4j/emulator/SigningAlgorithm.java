package org.descope4j.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Arrays;
import java.util.List;

/** How JWTs are signed. */
public enum SigningAlgorithm {
    /** RSA keys of 2048 bits, as newer Descope projects have. */
    RS256 {
        @Override
        List<String> publicFields() {
            return List.of("alg", "e", "kid", "kty", "n", "use");
        }

        @Override
        JWK generate(String keyId) throws JOSEException {
            return new RSAKeyGenerator(BITS).keyID(keyId).generate();
        }

        @Override
        JWSSigner signer(JWK key) throws JOSEException {
            return new RSASSASigner(key.toRSAKey());
        }

        @Override
        JWSVerifier verifier(JWK key) throws JOSEException {
            return new RSASSAVerifier(key.toRSAKey());
        }
    },

    /** Elliptic curve keys on P-384, as older Descope projects have; the first key's ID is the project ID. */
    ES384 {
        @Override
        List<String> publicFields() {
            return List.of("alg", "crv", "kid", "kty", "use", "x", "y");
        }

        @Override
        JWK generate(String keyId) throws JOSEException {
            return new ECKeyGenerator(Curve.P_384).keyID(keyId).generate();
        }

        @Override
        JWSSigner signer(JWK key) throws JOSEException {
            return new ECDSASigner(key.toECKey());
        }

        @Override
        JWSVerifier verifier(JWK key) throws JOSEException {
            return new ECDSAVerifier(key.toECKey());
        }
    };

    private static final int BITS = 2048;

    JWSAlgorithm jws() {
        return JWSAlgorithm.parse(name());
    }

    /** The fields that Descope's key service shows of a key. */
    abstract List<String> publicFields();

    abstract JWK generate(String keyId) throws JOSEException;

    abstract JWSSigner signer(JWK key) throws JOSEException;

    abstract JWSVerifier verifier(JWK key) throws JOSEException;

    static SigningAlgorithm named(String name) {
        return Arrays.stream(values())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Expected one of " + Arrays.toString(values()) + ", not " + name));
    }
}
