package org.descope4j.servlet;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an application's own page is given; a map, so that a JSP says {@code ${descope.action}}. It shows its names only where somebody
 * prints it, as pages that list all attributes of a request do: a value may be a link token (V19). Immutable.
 */
final class OwnPageValues extends AbstractMap<String, Object> {
    private final Map<String, Object> values;

    OwnPageValues(Map<String, ?> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return values.entrySet();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
