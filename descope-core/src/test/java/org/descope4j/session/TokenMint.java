package org.descope4j.session;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Mints tokens; every one is genuine but for what a test changes about it. */
public final class TokenMint {

    public static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);

    private final Map<String, JsonValue> header = new LinkedHashMap<>();
    private final Map<String, JsonValue> claims = new LinkedHashMap<>();

    private TokenMint(String drn) {
        with("drn", drn)
                .with("iss", Corpus.PROJECT_ID)
                .with("sub", "U2abcdefghijklmnopqrstuvwxyz")
                .with("iat", NOW.getEpochSecond() - 30)
                .with("exp", NOW.getEpochSecond() + 600);
    }

    public static TokenMint aSession() {
        return new TokenMint("DS");
    }

    public static TokenMint aRefreshToken() {
        return new TokenMint("DSR");
    }

    public TokenMint with(String claim, String text) {
        claims.put(claim, Json.createValue(text));
        return this;
    }

    public TokenMint with(String claim, long number) {
        claims.put(claim, Json.createValue(number));
        return this;
    }

    TokenMint withJson(String claim, String json) {
        claims.put(claim, Json.createReader(new StringReader(json)).readValue());
        return this;
    }

    public TokenMint without(String claim) {
        claims.remove(claim);
        return this;
    }

    public TokenMint withHeader(String name, String json) {
        header.put(name, Json.createReader(new StringReader(json)).readValue());
        return this;
    }

    /** States algorithm and key ID as the key has them, unless the test has said otherwise. */
    TokenMint statingKey(SigningKey key) {
        header.putIfAbsent("alg", Json.createValue(key.algorithm().name()));
        header.putIfAbsent("kid", Json.createValue(key.id()));
        return this;
    }

    public String signedBy(SigningKey key) {
        statingKey(key);
        return signed(key, headerJson(), claimsJson());
    }

    /** Header and claims as they would be signed. */
    public String unsigned() {
        return base64Url(headerJson().getBytes(StandardCharsets.UTF_8)) + "."
                + base64Url(claimsJson().getBytes(StandardCharsets.UTF_8));
    }

    String headerJson() {
        return json(header);
    }

    String claimsJson() {
        return json(claims);
    }

    static String signed(SigningKey key, String header, String payload) {
        return signed(key, header.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));
    }

    static String signed(SigningKey key, byte[] header, byte[] payload) {
        String input = base64Url(header) + "." + base64Url(payload);
        return Secrets.used(input + "." + base64Url(key.sign(input.getBytes(StandardCharsets.US_ASCII))));
    }

    private static String json(Map<String, JsonValue> members) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        members.forEach(object::add);
        return object.build().toString();
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
