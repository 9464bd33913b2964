package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which paths need a signed-in user, and in which role. Patterns are a path ({@code /account}) or a path with everything below it
 * ({@code /account/*}, which is {@code /account} too, but not {@code /accounting}), optionally with a role
 * ({@code /admin/*=admin}). The longest match decides; of equals, the protected one. Immutable.
 */
final class ProtectedPaths {
    private static final String BELOW = "/*";

    private final AuthPaths paths;
    private final List<Rule> rules;

    private ProtectedPaths(AuthPaths paths, List<Rule> rules) {
        this.paths = paths;
        this.rules = rules;
    }

    /**
     * @param paths ours, which are public whatever a pattern says
     * @param protectedPatterns comma-separated
     * @param publicPatterns comma-separated, without roles
     * @throws IllegalArgumentException for a pattern of another form
     */
    static ProtectedPaths of(AuthPaths paths, String protectedPatterns, String publicPatterns) {
        List<Rule> rules = new ArrayList<>();
        split(protectedPatterns).forEach(pattern -> rules.add(Rule.protectedBy(pattern)));
        split(publicPatterns).forEach(pattern -> rules.add(Rule.publicBy(pattern)));
        rules.sort(Comparator.comparingInt((Rule rule) -> rule.path().length())
                .thenComparing(rule -> !rule.withDescendants())
                .thenComparing(Rule::isProtected)
                .reversed());
        return new ProtectedPaths(paths, List.copyOf(rules));
    }

    /** What a request needs; empty where its path is public. */
    Optional<Need> needOf(HttpServletRequest request) {
        String path = pathOf(request);
        if (paths.isOurs(path)) {
            return Optional.empty();
        }
        return rules.stream()
                .filter(rule -> rule.matches(path))
                .findFirst()
                .filter(Rule::isProtected)
                .map(rule -> new Need(rule.role()));
    }

    /** The path below the context path as the container normalised and decoded it; nothing else decides (C17). */
    static String pathOf(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
    }

    boolean isEmpty() {
        return rules.stream().noneMatch(Rule::isProtected);
    }

    /** The patterns, longest first. */
    @Override
    public String toString() {
        return rules.toString();
    }

    private static List<String> split(String patterns) {
        return Arrays.stream(patterns.split(","))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }

    /**
     * A signed-in user, and more.
     *
     * @param role that the user must have; empty for any signed-in user
     */
    record Need(String role) {
        boolean isMetBy(DescopePrincipal principal) {
            return role.isEmpty() || principal.roles().contains(role);
        }
    }

    private record Rule(String path, boolean withDescendants, boolean isProtected, String role) {
        static Rule protectedBy(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? of(text, true, "")
                    : of(
                            text.substring(0, equals).strip(),
                            true,
                            text.substring(equals + 1).strip());
        }

        static Rule publicBy(String text) {
            return of(text, false, "");
        }

        private static Rule of(String pattern, boolean isProtected, String role) {
            boolean withDescendants = pattern.endsWith(BELOW);
            String path = withDescendants ? pattern.substring(0, pattern.length() - BELOW.length()) : pattern;
            boolean wellFormed = pattern.startsWith("/") && path.indexOf('*') < 0 && !path.endsWith("/");
            if (!wellFormed && !pattern.equals("/")) {
                throw new IllegalArgumentException("Path pattern refused: " + pattern
                        + "; expected a path such as /account, or a path with everything below it such as /account/*");
            }
            return new Rule(path, withDescendants, isProtected, role);
        }

        boolean matches(String requested) {
            return requested.equals(path) || (withDescendants && requested.startsWith(path + "/"));
        }

        @Override
        public String toString() {
            String pattern = path + (withDescendants ? BELOW : "");
            if (!isProtected) {
                return pattern + " public";
            }
            return role.isEmpty() ? pattern : pattern + "=" + role;
        }
    }
}
