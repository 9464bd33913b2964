package org.descope4j.emulator;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A JSON object of a request, read strictly: a field is absent, null (which counts as absent) or of the type asked for; anything else is
 * a malformed request.
 */
record Body(JsonObject fields, String place) {

    static Body of(Request request) {
        return of(Json.parseObject(request.body()));
    }

    static Body of(JsonObject fields) {
        return new Body(fields, "");
    }

    /** What a field is called from outside, like {@code users[0].roles}. */
    String placeOf(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    Optional<String> text(String name) {
        return value(name).map(value -> {
            if (value instanceof JsonString text) {
                return text.getString();
            }
            throw wrongType(name, "a string");
        });
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    /** A text that must be there and not be blank. */
    String requiredText(String name) {
        return text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.missingArgument("The field " + placeOf(name) + " is required"));
    }

    /** A whole number that is not negative. */
    int number(String name, int otherwise) {
        return value(name)
                .map(value -> {
                    if (value instanceof JsonNumber number
                            && number.isIntegral()
                            && number.bigIntegerValue().bitLength() < 32
                            && number.intValue() >= 0) {
                        return number.intValue();
                    }
                    throw wrongType(name, "a whole number from 0");
                })
                .orElse(otherwise);
    }

    /** The field {@code loginId}, which must be there. */
    LoginId loginId() {
        LoginId loginId = LoginId.of(text("loginId").orElse(""));
        if (loginId.isBlank()) {
            throw Refusal.missingArgument("The field loginId is required");
        }
        return loginId;
    }

    Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw Refusal.invalidArgument(placeOf(name) + " must be a duration like PT10M, not " + text);
            }
        });
    }

    boolean flag(String name) {
        return value(name)
                .map(value -> {
                    if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
                        return value == JsonValue.TRUE;
                    }
                    throw wrongType(name, "true or false");
                })
                .orElse(false);
    }

    /** The object of that name, without fields when it is absent. */
    Body object(String name) {
        return value(name)
                .map(value -> asObject(name, value))
                .orElseGet(() -> new Body(JsonValue.EMPTY_JSON_OBJECT, placeOf(name)));
    }

    List<String> texts(String name) {
        return elements(name)
                .map(element -> {
                    if (element instanceof JsonString text) {
                        return text.getString();
                    }
                    throw wrongType(name, "an array of strings");
                })
                .toList();
    }

    List<Body> objects(String name) {
        List<JsonValue> elements = elements(name).toList();
        return IntStream.range(0, elements.size())
                .mapToObj(index -> asObject(name + "[" + index + "]", elements.get(index)))
                .toList();
    }

    /** Refuses fields of other names, which are most likely misspelt. */
    Body allowingOnly(Set<String> names) {
        fields.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.invalidRequest(
                            "There is no field " + placeOf(name) + ", only " + String.join(", ", new TreeSet<>(names)));
                });
        return this;
    }

    private Stream<JsonValue> elements(String name) {
        return value(name).stream().flatMap(value -> {
            if (value instanceof JsonArray array) {
                return array.stream();
            }
            throw wrongType(name, "an array");
        });
    }

    private Body asObject(String name, JsonValue value) {
        if (value instanceof JsonObject object) {
            return new Body(object, placeOf(name));
        }
        throw wrongType(name, "an object");
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> value != JsonValue.NULL);
    }

    private Refusal wrongType(String name, String expected) {
        return Refusal.malformed("The field " + placeOf(name) + " must be " + expected);
    }
}
