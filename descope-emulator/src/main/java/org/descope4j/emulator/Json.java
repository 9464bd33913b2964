package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Reads an object, and lets the parser's exception say where in the text it is none. */
    static JsonObject parse(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
                throw new JsonParsingException("Not an object", parser.getLocation());
            }
            JsonObject object = parser.getObject();
            if (parser.hasNext()) {
                throw new JsonParsingException("More than an object", parser.getLocation());
            }
            return object;
        }
    }

    /** Reads an array of texts. */
    static List<String> parseTexts(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            parser.next();
            return parser.getArray().getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .toList();
        } catch (RuntimeException e) {
            // the parser has its own exceptions for another kind of value, for bad syntax and for no text at all
            throw Refusal.malformed("The body is not a JSON array of strings");
        }
    }

    private static Refusal notAnObject() {
        return Refusal.malformed("The body is not a JSON object");
    }
}
