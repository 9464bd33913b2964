package org.descope4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the records of {@link Wire} into JSON and back. Thread-safe. */
final class JsonBodies {
    private static final Logger LOG = System.getLogger(JsonBodies.class.getName());
    private static final int MOST_NESTED = 64;
    /** Digits enough for every number that Descope or a custom claim means; JDK 17 takes a second for 100,000. */
    private static final int LONGEST_NUMBER = 1000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Jsonb jsonb = JsonbBuilder.create();

    private final JsonParserFactory parsers = Json.createParserFactory(Map.of());

    byte[] write(Object body) {
        return jsonb.toJson(body).getBytes(UTF_8);
    }

    /**
     * Reads an answer of the shape that belongs to the request.
     *
     * @throws DescopeUnavailableException if it has another shape, or is none
     */
    <T> T read(byte[] json, Class<T> shape) {
        T answer = tryRead(json, shape);
        if (answer == null) {
            throw new DescopeUnavailableException(
                    "Descope answered with something that is not the expected JSON", null);
        }
        return answer;
    }

    /** Reads the body of an error; where it has another shape, the status alone must do. */
    Wire.ErrorAnswer errorIn(byte[] json) {
        Wire.ErrorAnswer error = tryRead(json, Wire.ErrorAnswer.class);
        return error == null ? Wire.ErrorAnswer.NONE : error;
    }

    /** Whether a body is a list, for the answers that Descope documents as an object and sends as a list. */
    boolean isList(byte[] json) {
        return text(json).stripLeading().startsWith("[");
    }

    private <T> @Nullable T tryRead(byte[] json, Class<T> shape) {
        String text = text(json);
        try {
            requireForm(text, shape.isArray() ? Event.START_ARRAY : Event.START_OBJECT);
            return jsonb.fromJson(shape.isRecord() ? withoutOddMembers(text, shape) : text, shape);
        } catch (RuntimeException e) {
            // Whatever a JSON library dislikes, in its own way: Parsson answers deep nesting with no exception of
            // JSON's.
            // Its message quotes the answer, which may hold JWTs: neither message nor cause is passed on.
            LOG.log(Level.DEBUG, "An answer of {0} bytes is not the expected JSON: {1}", json.length, e.getClass());
            return null;
        }
    }

    private static String withoutOddMembers(String text, Class<?> shape) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return OddMembers.leftOut(reader.readObject(), shape).toString();
        }
    }

    /**
     * Refuses what libraries read differently or not at all: a list around the object, a name that stands twice in it, deeper nesting than
     * anybody means (K17), and numbers whose conversion costs the square of their length.
     */
    private void requireForm(String text, Event start) {
        Deque<Set<String>> names = new ArrayDeque<>();
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            Event event = parser.next();
            require(event == start);
            names.push(new HashSet<>());
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case VALUE_NUMBER -> require(parser.getString().length() <= LONGEST_NUMBER);
                    case START_OBJECT, START_ARRAY -> names.push(new HashSet<>());
                    case END_OBJECT, END_ARRAY -> names.pop();
                    case KEY_NAME -> require(names.element().add(parser.getString()));
                    default -> {}
                }
                require(names.size() <= MOST_NESTED);
            }
        }
    }

    private static void require(boolean isFulfilled) {
        if (!isFulfilled) {
            throw new JsonException("another shape, a name twice, nested too deep, or a number too long");
        }
    }

    /**
     * The text of a body. A byte order mark may be ignored (RFC 8259 section 8.1), and an answer to a spent link token is worth it; bytes
     * that are not UTF-8 make it none.
     */
    private static String text(byte[] json) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
