package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path ({@code /account}), or a path with everything below it ({@code /account/*}, which is {@code /account} too, but not
 * {@code /accounting}).
 */
record PathPattern(String path, boolean withDescendants) {
    private static final String BELOW = "/*";

    /**
     * @throws IllegalArgumentException for a pattern of another form
     */
    static PathPattern of(SettingKey key, String pattern) {
        boolean withDescendants = pattern.endsWith(BELOW);
        String path = withDescendants ? pattern.substring(0, pattern.length() - BELOW.length()) : pattern;
        boolean wellFormed = pattern.startsWith("/") && path.indexOf('*') < 0 && !path.endsWith("/");
        if (!wellFormed && !pattern.equals("/")) {
            throw key.refusal(
                    "a path such as /account, or a path with everything below it such as /account/*; got " + pattern);
        }
        return new PathPattern(path, withDescendants);
    }

    /** Several, each of which may match. */
    static List<PathPattern> listOf(SettingKey key, SettingValues values) {
        return values.list(key).stream().map(pattern -> of(key, pattern)).toList();
    }

    static boolean anyMatches(List<PathPattern> patterns, HttpServletRequest request) {
        return !patterns.isEmpty()
                && RequestPath.addresses(request).stream()
                        .anyMatch(path -> patterns.stream().anyMatch(pattern -> pattern.matches(path)));
    }

    /** For what opens a path rather than closes it. */
    static boolean eachAddressMatches(List<PathPattern> patterns, HttpServletRequest request) {
        return !patterns.isEmpty()
                && RequestPath.addresses(request).stream()
                        .allMatch(path -> patterns.stream().anyMatch(pattern -> pattern.matches(path)));
    }

    boolean matches(String requested) {
        return requested.equals(path) || (withDescendants && requested.startsWith(path + "/"));
    }

    /** Written out, since Java 17 keeps the class loader of the last record whose own it made (JDK-8078641): that of an application. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathPattern pattern
                && path.equals(pattern.path)
                && withDescendants == pattern.withDescendants;
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path + (withDescendants ? BELOW : "");
    }
}
