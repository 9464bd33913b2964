package org.descope4j.servlet;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;

/** The attack cases of src/test/resources/corpora. */
final class Corpus {
    private Corpus() {}

    static List<JsonObject> list(String file) {
        return objects(read(file).asJsonArray());
    }

    static List<JsonObject> list(String file, String member) {
        return objects(read(file).asJsonObject().getJsonArray(member));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonValue::asJsonObject).toList();
    }

    private static JsonStructure read(String file) {
        try (JsonReader reader = Json.createReader(
                Objects.requireNonNull(Corpus.class.getResourceAsStream("/corpora/" + file + ".json"), file))) {
            return reader.read();
        }
    }
}
