package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The custom attributes that a project defines for its users: what they are, not their values. Safe for use by several threads. */
final class CustomAttributes {
    private final Map<String, JsonObject> byName = new LinkedHashMap<>();

    synchronized void define(String name, JsonObject attribute) {
        byName.put(name, attribute);
    }

    synchronized void remove(String name) {
        byName.remove(name);
    }

    synchronized List<JsonObject> all() {
        return List.copyOf(byName.values());
    }

    synchronized void clear() {
        byName.clear();
    }
}
