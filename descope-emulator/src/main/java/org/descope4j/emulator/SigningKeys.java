package org.descope4j.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The project's RSA keys: the newest signs, all verify. Safe for use by several threads. */
final class SigningKeys {
    private static final int BITS = 2048;

    private final List<RSAKey> newestFirst = new CopyOnWriteArrayList<>();

    SigningKeys() {
        rotate();
    }

    /** Makes a new key, which signs from now on, and answers its ID. */
    String rotate() {
        RSAKey key = generate();
        newestFirst.add(0, key);
        return key.getKeyID();
    }

    String sign(JWTClaimsSet claims) {
        RSAKey key = newestFirst.get(0);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("RS256 is part of every JDK", e);
        }
        return jwt.serialize();
    }

    /** The claims of a JWT that one of these keys signed. */
    Optional<JWTClaimsSet> verify(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            Optional<RSAKey> key = newestFirst.stream()
                    .filter(candidate ->
                            candidate.getKeyID().equals(jwt.getHeader().getKeyID()))
                    .findFirst();
            if (key.isEmpty() || !jwt.verify(new RSASSAVerifier(key.get().toRSAPublicKey()))) {
                return Optional.empty();
            }
            return Optional.of(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** The public halves, newest first, with the fields that Descope's key service has. */
    JsonArray publicKeys() {
        JsonArrayBuilder keys = Json.array();
        for (RSAKey key : newestFirst) {
            keys.add(Json.object()
                    .add("alg", JWSAlgorithm.RS256.getName())
                    .add("e", key.getPublicExponent().toString())
                    .add("kid", key.getKeyID())
                    .add("kty", key.getKeyType().getValue())
                    .add("n", key.getModulus().toString())
                    .add("use", KeyUse.SIGNATURE.identifier()));
        }
        return keys.build();
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS).keyID(RandomText.id("SK2")).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }
}
