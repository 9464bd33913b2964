package org.descope4j.servlet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a page says, in no language and no markup yet. {@link PageDocument} makes HTML of it. Immutable.
 *
 * @param name which page it is
 * @param status the HTTP status
 * @param title key of its title
 * @param values what an application's own page needs to say the same
 * @param content writes what is in the built-in page, from top to bottom
 */
record Page(PageName name, int status, String title, Map<String, Object> values, Consumer<PageBody> content) {
    Page {
        values = Map.copyOf(values);
    }

    /** The hidden fields of its form, by their names; none where it has no form. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        if (values.get("fields") instanceof Map<?, ?> named) {
            named.forEach((name, value) -> fields.put(String.valueOf(name), String.valueOf(value)));
        }
        return fields;
    }

    /** Says nothing of the content, which may hold a link token. */
    @Override
    public String toString() {
        return "Page[" + name + ", status=" + status + "]";
    }
}
