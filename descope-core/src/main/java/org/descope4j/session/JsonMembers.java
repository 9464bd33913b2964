package org.descope4j.session;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object: those with a value, deeply immutable, and the names of those that have none. A claim
 * without a value is not the same as one that is missing.
 */
record JsonMembers(Map<String, Object> values, Set<String> nulls) {

    boolean has(String name) {
        return values.containsKey(name) || nulls.contains(name);
    }

    /** The value of a member, if it is a text. */
    Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The texts of a list, each once; of anything else, and of whatever else is in the list, nothing. */
    static Set<String> texts(@Nullable Object value) {
        Set<String> texts = new LinkedHashSet<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return Collections.unmodifiableSet(texts);
    }
}
