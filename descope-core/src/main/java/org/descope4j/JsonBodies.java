package org.descope4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Turns the records of {@link Wire} into JSON and back. Thread-safe. */
final class JsonBodies {
    private static final Logger LOG = System.getLogger(JsonBodies.class.getName());
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Jsonb jsonb = JsonbBuilder.create();

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
        try {
            return jsonb.fromJson(text(json), shape);
        } catch (JsonbException | JsonException | IllegalStateException e) {
            // its message quotes the answer, which may hold JWTs: neither message nor cause is passed on
            LOG.log(Level.DEBUG, "An answer of {0} bytes is not the expected JSON: {1}", json.length, e.getClass());
            return null;
        }
    }

    /** A byte order mark may be ignored (RFC 8259 section 8.1), and an answer to a spent link token is worth it. */
    private static String text(byte[] json) {
        String text = new String(json, UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
