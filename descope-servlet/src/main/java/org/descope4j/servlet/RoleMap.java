package org.descope4j.servlet;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What roles of Descope are called in the application: who has the one has the other too. Immutable.
 */
final class RoleMap {
    private final List<Entry> entries;

    private RoleMap(List<Entry> entries) {
        this.entries = entries;
    }

    private record Entry(String theirs, String ours) {}

    /**
     * Reads {@code Tenant Admin=admin,Editor=author}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static RoleMap parse(String text) {
        return new RoleMap(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(RoleMap::entry)
                .toList());
    }

    /** The roles, and what they are called here. */
    Set<String> applyTo(Set<String> roles) {
        Set<String> all = new LinkedHashSet<>(roles);
        entries.stream().filter(entry -> roles.contains(entry.theirs())).forEach(entry -> all.add(entry.ours()));
        return Set.copyOf(all);
    }

    private static Entry entry(String text) {
        int equals = text.indexOf('=');
        String theirs = equals < 0 ? "" : text.substring(0, equals).strip();
        String ours = text.substring(equals + 1).strip();
        if (theirs.isEmpty() || ours.isEmpty() || ours.contains("=")) {
            throw new IllegalArgumentException(
                    "descope.roles.map refused: expected a role of Descope, =, and what it is called here, such as"
                            + " Tenant Admin=admin, comma-separated; got " + text);
        }
        return new Entry(theirs, ours);
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
