package org.descope4j.session;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object as RFC 8259 has it, and refuses everything on which two parsers might disagree: byte order
 * marks, other encodings than UTF-8, duplicate names however they are spelled, lone surrogates, data after the end,
 * numbers too long to be meant.
 *
 * <p>Works on any implementation of Jakarta JSON Processing: what these are free to decide is decided here, before or
 * after they look. Safe for concurrent use, as the factory it holds is; making one per text costs 30 times as much as
 * reading it.
 */
final class StrictJson {

    private static final String WHITESPACE = " \t\n\r";
    private static final String GRAMMAR = "\",:{}[]0123456789+-.eEtrufalsn";
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 128;
    private static final int MAX_NUMBER_SCALE = 1000;

    private final JsonParserFactory parsers = Json.createParserFactory(Map.of());

    /**
     * Reads an object.
     *
     * @throws NotStrictJsonException if the bytes are anything else
     */
    JsonMembers object(byte[] utf8) {
        String text = decoded(utf8);
        requireOneObject(text);
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            parser.next();
            JsonMembers members = new Reading(parser, text.contains("\\u")).members();
            if (parser.hasNext()) {
                throw new NotStrictJsonException("data after the object");
            }
            return members;
        } catch (NotStrictJsonException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever a parser dislikes, in its own way: Johnzon 2.0.1 answers a stray NUL with an index out of
            // bounds.
            // The cause is dropped, because parsers quote the text, and the text may be a secret.
            throw new NotStrictJsonException("something else than JSON");
        }
    }

    private static String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotStrictJsonException("bytes that are not UTF-8");
        }
    }

    /**
     * One object from the first character to the last, nested no deeper than 64, and nothing outside of texts that JSON
     * does not know. Parsers differ in all of these, and may recurse.
     */
    private static void requireOneObject(String text) {
        int depth = 0;
        boolean isInText = false;
        boolean hasEnded = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isInText) {
                isInText = c != '"';
                i += c == '\\' ? 1 : 0;
            } else if (WHITESPACE.indexOf(c) < 0) {
                if (hasEnded || (depth == 0 && c != '{') || GRAMMAR.indexOf(c) < 0) {
                    throw new NotStrictJsonException("something else than one object");
                }
                isInText = c == '"';
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                hasEnded = depth == 0;
                if (depth > MAX_DEPTH) {
                    throw new NotStrictJsonException("JSON nested deeper than " + MAX_DEPTH);
                }
            }
        }
        if (!hasEnded) {
            throw new NotStrictJsonException("an object that does not end");
        }
    }

    /** One pass over one text. */
    private record Reading(JsonParser parser, boolean mayHoldSurrogates) {

        JsonMembers members() {
            Map<String, Object> values = new LinkedHashMap<>();
            Set<String> nulls = new LinkedHashSet<>();
            while (parser.next() != JsonParser.Event.END_OBJECT) {
                String name = text();
                if (values.containsKey(name) || nulls.contains(name)) {
                    throw new NotStrictJsonException("an object that names a member twice");
                }
                Object value = value(parser.next());
                if (value == null) {
                    nulls.add(name);
                } else {
                    values.put(name, value);
                }
            }
            return new JsonMembers(Collections.unmodifiableMap(values), Collections.unmodifiableSet(nulls));
        }

        private @Nullable Object value(JsonParser.Event event) {
            return switch (event) {
                case START_OBJECT -> members().values();
                case START_ARRAY -> elements();
                case VALUE_STRING -> text();
                case VALUE_NUMBER -> number(parser.getString());
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                case KEY_NAME, END_OBJECT, END_ARRAY -> throw new NotStrictJsonException("something else than JSON");
            };
        }

        private Object elements() {
            List<@Nullable Object> elements = new ArrayList<>();
            for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
                elements.add(value(event));
            }
            return Collections.unmodifiableList(elements);
        }

        /** A name or a text; half a surrogate pair can only come from an escape (RFC 8259, section 8.2). */
        private String text() {
            String text = parser.getString();
            if (mayHoldSurrogates
                    && text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
                throw new NotStrictJsonException("half a surrogate pair");
            }
            return text;
        }

        /**
         * An integer that fits into a long as such, everything else as it is written. Bounded before any arithmetic:
         * 1e1000000000 is twelve characters, and a gigabyte once somebody expands it.
         */
        private static Object number(String text) {
            if (text.length() > MAX_NUMBER_LENGTH) {
                throw new NotStrictJsonException("a number of more than " + MAX_NUMBER_LENGTH + " characters");
            }
            BigDecimal number = exact(text);
            if (Math.abs((long) number.scale()) > MAX_NUMBER_SCALE) {
                throw new NotStrictJsonException("a number with an exponent beyond " + MAX_NUMBER_SCALE);
            }
            boolean isInteger = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
            return isInteger && number.toBigInteger().bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        }

        private static BigDecimal exact(String text) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw new NotStrictJsonException("a number beyond all bounds");
            }
        }
    }
}
