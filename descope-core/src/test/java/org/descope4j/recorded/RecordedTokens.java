package org.descope4j.recorded;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of the recording in the place of their names, and those that must be signed for this run. The latter are signed by a key
 * of our own, which then stands in the key set under the ID of the recorded one.
 */
final class RecordedTokens {
    private static final String KEY_ID = "SK2wireTestKey000000000000001";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{jwt:([a-z0-9_]+)}}");

    private final JsonObject recorded = Recording.object("tokens.json");
    private final KeyPair ours = keyPair();

    /** The JSON text with every named token in its place. */
    String filledIn(String json) {
        return PLACEHOLDER.matcher(json).replaceAll(name -> Matcher.quoteReplacement(jwt(name.group(1))));
    }

    JsonValue filledIn(JsonValue value) {
        try (JsonReader reader = Json.createReader(new StringReader(filledIn(value.toString())))) {
            return reader.readValue();
        }
    }

    String defaultKeys() {
        return recorded.getJsonObject("jwks").getJsonObject("default").toString();
    }

    JsonObject withOurKey(JsonObject answer) {
        try (JsonReader reader = Json.createReader(new StringReader(withOurKey(answer.toString())))) {
            return reader.readObject();
        }
    }

    /** The recorded key set, with our key under the ID that minted tokens name. */
    String withOurKey(String keySet) {
        return keySet.replaceAll("\"n\":\"[^\"]+\"", "\"n\":\"" + base64Url(modulus()) + "\"");
    }

    /** {@code {"base": .., "expRelative": seconds, "nbfRelative": seconds}}. */
    String mint(JsonObject order) {
        long now = Instant.now().getEpochSecond();
        JsonObjectBuilder claims = Json.createObjectBuilder(recorded.getJsonObject("tokens")
                .getJsonObject(order.getString("base"))
                .getJsonObject("claims"));
        order.forEach((name, value) -> {
            if (name.endsWith("Relative")) {
                claims.add(name.replace("Relative", ""), now + ((JsonNumber) value).longValue());
            }
        });
        return signed(claims.build());
    }

    /** A session of given claims, signed by our key. */
    String signed(JsonObject claims) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + KEY_ID + "\",\"typ\":\"JWT\"}";
        String input = base64Url(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64Url(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(ours.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + base64Url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String jwt(String name) {
        JsonObject token = recorded.getJsonObject("tokens").getJsonObject(name);
        if (token == null) {
            return "{{jwt:" + name + "}}";
        }
        String json = Json.createValue(token.getString("jwt")).toString();
        return json.substring(1, json.length() - 1);
    }

    private byte[] modulus() {
        byte[] signed = ((RSAPublicKey) ours.getPublic()).getModulus().toByteArray();
        return Arrays.copyOfRange(signed, signed.length - 256, signed.length);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            if (!((RSAPublicKey) pair.getPublic()).getPublicExponent().equals(BigInteger.valueOf(65537))) {
                throw new IllegalStateException("the key set says AQAB");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
