package org.descope4j.emulator;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A JSON object of a request, read strictly: a field is absent, null (which counts as absent) or of the type asked for; anything else is
 * a malformed request.
 */
record Body(JsonObject fields) {

    static Body of(Request request) {
        return new Body(Json.parseObject(request.body()));
    }

    Optional<String> text(String name) {
        return value(name).map(value -> {
            if (value instanceof JsonString text) {
                return text.getString();
            }
            throw wrongType(name, "a string");
        });
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
                throw Refusal.invalidArgument(name + " must be a duration like PT10M, not " + text);
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
        return value(name).map(value -> asObject(name, value)).orElseGet(() -> new Body(JsonValue.EMPTY_JSON_OBJECT));
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
        return elements(name).map(element -> asObject(name, element)).toList();
    }

    /** Refuses fields of other names, which are most likely misspelt. */
    Body allowingOnly(Set<String> names) {
        fields.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.invalidRequest(
                            "There is no field " + name + " here, only " + String.join(", ", names));
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

    private static Body asObject(String name, JsonValue value) {
        if (value instanceof JsonObject object) {
            return new Body(object);
        }
        throw wrongType(name, "an object");
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> value != JsonValue.NULL);
    }

    private static Refusal wrongType(String name, String expected) {
        return Refusal.malformed("The field " + name + " must be " + expected);
    }
}
