package org.descope4j.session;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of cases below {@code corpora}. */
public final class Corpus {

    static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    static final URI BASE_URI = URI.create("https://api.descope.com");

    private final JsonObject document;

    private Corpus(JsonObject document) {
        this.document = document;
    }

    public static Corpus read(String name) {
        try (InputStream stream = Objects.requireNonNull(Corpus.class.getResourceAsStream("/corpora/" + name));
                JsonReader reader = Json.createReader(stream)) {
            Corpus corpus = new Corpus(reader.readObject());
            corpus.cases().map(theCase -> theCase.getString("token", "")).forEach(Secrets::used);
            return corpus;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Stream<JsonObject> cases() {
        return document.getJsonArray("cases").stream().map(JsonValue::asJsonObject);
    }

    public JsonObject theCase(String id) {
        return cases().filter(c -> c.getString("id").equals(id)).findAny().orElseThrow();
    }

    /** The keys that the tokens of this corpus are judged with. */
    KeySource keys() {
        Map<String, VerificationKey> keys = new JsonWebKeys().read(utf8(document.getJsonObject("jwks")));
        return id -> Optional.ofNullable(keys.get(id));
    }

    static Clock clockOf(JsonObject theCase) {
        return Clock.fixed(Instant.ofEpochSecond(theCase.getJsonNumber("now").longValue()), ZoneOffset.UTC);
    }

    static TokenRules defaultRules() {
        return TokenRules.forProject(PROJECT_ID, BASE_URI);
    }

    static byte[] utf8(JsonObject document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }
}
