package org.descope4j;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out of an answer what has another type than {@link Wire} gives it and decides nothing: an empty text for an object, a text for a list.
 * The link that was redeemed works once, and its user is not to lose it for that. Members that say who signed in stay as they are, so
 * that an answer with odd ones is refused.
 */
final class OddMembers {
    private static final Set<String> DECIDING =
            Set.of("sessionJwt", "refreshJwt", "user", "userId", "loginIds", "email", "phone", "firstSeen");

    private OddMembers() {}

    /** @param shape a record of {@link Wire} */
    static JsonObject leftOut(JsonObject answer, Class<?> shape) {
        JsonObjectBuilder rest = Json.createObjectBuilder(answer);
        for (RecordComponent component : shape.getRecordComponents()) {
            String name = nameOf(component);
            JsonValue value = answer.get(name);
            if (value == null || value.getValueType() == ValueType.NULL) {
                continue;
            }
            if (component.getType().isRecord() && value instanceof JsonObject inner) {
                rest.add(name, leftOut(inner, component.getType()));
            } else if (!fits(value, component.getGenericType()) && !DECIDING.contains(name)) {
                rest.remove(name);
            }
        }
        return rest.build();
    }

    private static String nameOf(RecordComponent component) {
        JsonbProperty renamed = component.getAccessor().getAnnotation(JsonbProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static boolean fits(JsonValue value, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            Type element = generic.getActualTypeArguments()[0];
            return value.getValueType() == ValueType.ARRAY
                    && value.asJsonArray().stream().allMatch(each -> fits(each, element));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return value.getValueType() == ValueType.OBJECT;
        }
        if (!(type instanceof Class<?> plain)) {
            return true;
        }
        if (plain == String.class) {
            return value.getValueType() == ValueType.STRING || value.getValueType() == ValueType.NULL;
        }
        if (plain == Boolean.class) {
            return value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE;
        }
        return !plain.isRecord() || value.getValueType() == ValueType.OBJECT;
    }
}
