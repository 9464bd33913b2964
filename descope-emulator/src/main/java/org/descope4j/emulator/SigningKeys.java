package org.descope4j.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The project's keys: the newest signs, all verify. Safe for use by several threads. */
final class SigningKeys {
    private final SigningAlgorithm algorithm;
    private volatile List<Pair> newestFirst;

    /** A key with what signs and verifies by it. Made anew for each JWT, these would cost as much as the signature. */
    private record Pair(JWK key, JWSSigner signer, JWSVerifier verifier) {

        String id() {
            return key.getKeyID();
        }
    }

    SigningKeys(SigningAlgorithm algorithm, String projectId) {
        this.algorithm = algorithm;
        this.newestFirst = List.of(generate(algorithm == SigningAlgorithm.ES384 ? projectId : newId()));
    }

    /** Makes a new key, which signs from now on, and answers its ID. */
    synchronized String rotate() {
        Pair pair = generate(newId());
        newestFirst = Stream.concat(Stream.of(pair), newestFirst.stream()).toList();
        return pair.id();
    }

    /** Makes a new key and forgets the others, so that what they signed is good no more. */
    synchronized String rotateAndRevoke() {
        Pair pair = generate(newId());
        newestFirst = List.of(pair);
        return pair.id();
    }

    String sign(JWTClaimsSet claims) {
        Pair pair = newestFirst.get(0);
        JWSHeader header = new JWSHeader.Builder(algorithm.jws())
                .keyID(pair.id())
                .type(JOSEObjectType.JWT)
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(pair.signer());
        } catch (JOSEException e) {
            throw missing(e);
        }
        return jwt.serialize();
    }

    /** The claims of a JWT that one of these keys signed. */
    Optional<JWTClaimsSet> verify(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            Optional<Pair> pair = newestFirst.stream()
                    .filter(candidate -> candidate.id().equals(jwt.getHeader().getKeyID()))
                    .findFirst();
            if (pair.isEmpty() || !jwt.verify(pair.get().verifier())) {
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
        newestFirst.forEach(pair -> keys.add(publicFields(pair.key())));
        return keys.build();
    }

    private JsonObjectBuilder publicFields(JWK key) {
        Map<String, Object> fields = key.toPublicJWK().toJSONObject();
        fields.put("alg", algorithm.jws().getName());
        fields.put("use", KeyUse.SIGNATURE.identifier());
        JsonObjectBuilder object = Json.object();
        algorithm.publicFields().forEach(name -> object.add(name, String.valueOf(fields.get(name))));
        return object;
    }

    private Pair generate(String keyId) {
        try {
            JWK key = algorithm.generate(keyId);
            return new Pair(key, algorithm.signer(key), algorithm.verifier(key));
        } catch (JOSEException e) {
            throw missing(e);
        }
    }

    private static String newId() {
        return RandomText.id("SK2");
    }

    private static IllegalStateException missing(JOSEException cause) {
        return new IllegalStateException("RS256 and ES384 are part of every JDK", cause);
    }
}
