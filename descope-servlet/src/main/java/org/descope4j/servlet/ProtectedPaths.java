package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which paths need a signed-in user, and in which role. Patterns are those of {@link PathPattern}, optionally with a role
 * ({@code /admin/*=admin}). The longest match decides. Immutable.
 */
final class ProtectedPaths {
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
     * @throws IllegalArgumentException for a pattern of another form, or two that contradict each other
     */
    static ProtectedPaths of(AuthPaths paths, String protectedPatterns, String publicPatterns) {
        List<Rule> rules = new ArrayList<>();
        SettingValues.split(protectedPatterns).forEach(pattern -> add(rules, Rule.protectedBy(pattern)));
        SettingValues.split(publicPatterns).forEach(pattern -> add(rules, Rule.publicBy(pattern)));
        rules.sort(Comparator.comparingInt((Rule rule) -> rule.pattern().path().length())
                .thenComparing(rule -> !rule.pattern().withDescendants())
                .reversed());
        return new ProtectedPaths(paths, List.copyOf(rules));
    }

    /** What a request needs, in whichever reading of its path needs most; empty where its path is public. */
    Optional<Need> needOf(HttpServletRequest request) {
        if (paths.isOurs(RequestPath.of(request))) {
            return Optional.empty();
        }
        return RequestPath.readings(request).stream()
                .flatMap(path -> needOf(path).stream())
                .reduce((first, second) -> second.role().isEmpty() ? first : second);
    }

    private Optional<Need> needOf(String path) {
        return rules.stream()
                .filter(rule -> rule.pattern().matches(path))
                .findFirst()
                .filter(Rule::isProtected)
                .map(rule -> new Need(rule.role()));
    }

    boolean isEmpty() {
        return rules.stream().noneMatch(Rule::isProtected);
    }

    /** The patterns, longest first. */
    @Override
    public String toString() {
        return rules.toString();
    }

    private static void add(List<Rule> rules, Rule added) {
        Optional<Rule> same = rules.stream()
                .filter(rule -> rule.pattern().equals(added.pattern()))
                .findFirst();
        if (same.isPresent() && !same.get().needsTheSameAs(added)) {
            throw new IllegalArgumentException(
                    "descope.protected-paths and descope.public-paths contradict each other: " + same.get() + " and "
                            + added + "; keep one of them");
        }
        rules.add(added);
    }

    /**
     * A signed-in user, and more.
     *
     * @param role that the user must have; empty for any signed-in user
     */
    record Need(String role) {
        static final Need ANYBODY = new Need("");

        boolean isMetBy(DescopePrincipal principal) {
            return role.isEmpty() || principal.roles().contains(role);
        }
    }

    private record Rule(PathPattern pattern, boolean isProtected, String role) {
        static Rule protectedBy(String text) {
            int equals = text.indexOf('=');
            String pattern = equals < 0 ? text : text.substring(0, equals).strip();
            String role = equals < 0 ? "" : text.substring(equals + 1).strip();
            if (equals >= 0 && role.isEmpty()) {
                throw SettingKey.PROTECTED_PATHS.refusal("a role behind the equals sign, got " + text);
            }
            return new Rule(PathPattern.of(SettingKey.PROTECTED_PATHS, pattern), true, role);
        }

        static Rule publicBy(String pattern) {
            return new Rule(PathPattern.of(SettingKey.PUBLIC_PATHS, pattern), false, "");
        }

        boolean needsTheSameAs(Rule other) {
            return isProtected == other.isProtected && role.equals(other.role);
        }

        @Override
        public String toString() {
            if (!isProtected) {
                return pattern + " public";
            }
            return role.isEmpty() ? pattern.toString() : pattern + "=" + role;
        }
    }
}
