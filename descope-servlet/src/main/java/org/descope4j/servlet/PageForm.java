package org.descope4j.servlet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A form whose fields are all hidden: one button is enough. Immutable.
 *
 * @param action the path it posts to
 * @param fields names and values, the CSRF field first
 */
record PageForm(String action, Map<String, String> fields) {
    PageForm {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static PageForm to(String action, String csrf) {
        return new PageForm(action, Map.of(Csrf.FIELD, csrf));
    }

    PageForm with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new PageForm(action, more);
    }

    /** A field may be a link token. */
    @Override
    public String toString() {
        return "PageForm[redacted]";
    }
}
