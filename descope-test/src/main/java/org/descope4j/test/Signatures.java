package org.descope4j.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Map;

/** Signs claims: well by a key, and badly in the ways that a validator must notice. */
final class Signatures {
    private Signatures() {}

    static JWK newRsaKey(String keyId) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw missing(e);
        }
    }

    static String sign(Map<String, ?> claims, JWK key, JWSAlgorithm algorithm) {
        try {
            return signed(claims(claims), header(algorithm, key.getKeyID()), signer(key, algorithm));
        } catch (JOSEException e) {
            throw missing(e);
        }
    }

    /** The same token by a key that the project has not. */
    static String byUnknownKey(String jwt) {
        return bySomebodyElse(jwt, "SK2unknown");
    }

    /** The same token, signed by somebody who has not the key that it names. */
    static String forged(String jwt) {
        return bySomebodyElse(jwt, parsed(jwt).getHeader().getKeyID());
    }

    /** The same token with a shared secret, which Descope never uses. */
    static String bySharedSecret(String jwt) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        SignedJWT token = parsed(jwt);
        try {
            JWSHeader header = header(JWSAlgorithm.HS256, token.getHeader().getKeyID());
            return signed(token.getJWTClaimsSet(), header, new MACSigner(secret));
        } catch (JOSEException | ParseException e) {
            throw missing(e);
        }
    }

    private static String bySomebodyElse(String jwt, String keyId) {
        SignedJWT token = parsed(jwt);
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        try {
            JWK key = JWSAlgorithm.Family.EC.contains(algorithm)
                    ? new ECKeyGenerator(
                                    Curve.forJWSAlgorithm(algorithm).iterator().next())
                            .generate()
                    : newRsaKey(keyId);
            return signed(token.getJWTClaimsSet(), header(algorithm, keyId), signer(key, algorithm));
        } catch (JOSEException | ParseException e) {
            throw missing(e);
        }
    }

    private static String signed(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet claims(Map<String, ?> claims) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
        claims.forEach(builder::claim);
        return builder.build();
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm)
                .keyID(keyId)
                .type(JOSEObjectType.JWT)
                .build();
    }

    private static JWSSigner signer(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        return new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
    }

    private static SignedJWT parsed(String jwt) {
        try {
            return SignedJWT.parse(jwt);
        } catch (ParseException e) {
            throw new IllegalStateException("A JWT that was just signed cannot be read", e);
        }
    }

    private static IllegalStateException missing(Exception cause) {
        return new IllegalStateException("RS256, ES384 and HS256 are part of every JDK", cause);
    }
}
