package org.descope4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
            requireForm(text);
            return jsonb.fromJson(text, shape);
        } catch (RuntimeException e) {
            // Whatever a JSON library dislikes, in its own way: Parsson answers deep nesting with no exception of
            // JSON's.
            // Its message quotes the answer, which may hold JWTs: neither message nor cause is passed on.
            LOG.log(Level.DEBUG, "An answer of {0} bytes is not the expected JSON: {1}", json.length, e.getClass());
            return null;
        }
    }

    /**
     * Refuses what libraries read differently or not at all: a name that stands twice in an object, and deeper nesting than anybody
     * means (K17).
     */
    private void requireForm(String text) {
        Deque<Set<String>> names = new ArrayDeque<>();
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                switch (parser.next()) {
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
            throw new JsonException("a name twice, or nested too deep");
        }
    }

    /** A byte order mark may be ignored (RFC 8259 section 8.1), and an answer to a spent link token is worth it. */
    private static String text(byte[] json) {
        String text = new String(json, UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
