package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON text to and from objects. The factories are held because the static methods of the API look for a provider at each call. */
final class Json {
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());
    private static final JsonWriterFactory WRITERS = PROVIDER.createWriterFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());

    private Json() {}

    static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    /** An object of texts, numbers, booleans, lists and maps of these. */
    static JsonObject object(Map<String, ?> fields) {
        return BUILDERS.createObjectBuilder(new LinkedHashMap<String, Object>(fields))
                .build();
    }

    static JsonObjectBuilder copy(JsonObject object) {
        return BUILDERS.createObjectBuilder(object);
    }

    static JsonArrayBuilder array() {
        return BUILDERS.createArrayBuilder();
    }

    static JsonArrayBuilder array(Collection<String> texts) {
        return BUILDERS.createArrayBuilder(texts);
    }

    static String write(JsonStructure structure) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = WRITERS.createWriter(text)) {
            writer.write(structure);
        }
        return text.toString();
    }

    /** Reads an object; nothing at all reads as an object without fields. */
    static JsonObject parseObject(String text) {
        if (text.isEmpty()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw notAnObject();
            }
            JsonObject object = parser.getObject();
            if (parser.hasNext()) {
                throw notAnObject();
            }
            return object;
        } catch (RuntimeException e) {
            // beside its own exceptions the parser throws a bare RuntimeException when the text is nested too deeply
            throw notAnObject();
        }
    }

    private static Refusal notAnObject() {
        return Refusal.malformed("The body is not a JSON object");
    }
}
