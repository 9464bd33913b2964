package org.descope4j.session;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
}
