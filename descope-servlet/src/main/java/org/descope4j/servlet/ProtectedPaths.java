package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * What a request needs by all readings of its path, and by the other addresses of its page; empty where it is public. A rule that
     * matches the path itself is judged there: {@code /*} does not close what {@code public-paths} opened of it by another address.
     */
    Optional<Need> needOf(HttpServletRequest request) {
        if (rules.isEmpty() || paths.isOurs(RequestPath.of(request))) {
            return Optional.empty();
        }
        List<String> readings = RequestPath.readings(request);
        Stream<Rule> ofPath = readings.stream().flatMap(path -> ruleOf(path).stream());
        Stream<Rule> ofPage = PageAddresses.beside(readings, request).stream()
                .flatMap(path -> ruleOf(path).stream())
                .filter(rule -> readings.stream().noneMatch(rule.pattern()::matches));
        List<Rule> needed =
                Stream.concat(ofPath, ofPage).filter(Rule::isProtected).toList();
        return needed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Need(needed.stream()
                        .map(Rule::role)
                        .filter(role -> !role.isEmpty())
                        .collect(Collectors.toSet())));
    }

    private Optional<Rule> ruleOf(String path) {
        return rules.stream().filter(rule -> rule.pattern().matches(path)).findFirst();
    }

    /** Whether a rule says anything about an address, protected or public. */
    boolean hasRuleFor(String path) {
        return ruleOf(path).isPresent();
    }

    boolean isProtected(String path) {
        return ruleOf(path).filter(Rule::isProtected).isPresent();
    }

    /** Those that need a signed-in user. */
    List<PathPattern> patterns() {
        return rules.stream().filter(Rule::isProtected).map(Rule::pattern).toList();
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
     * @param roles all of which the user must have; none for any signed-in user
     */
    record Need(Set<String> roles) {
        static final Need ANYBODY = new Need(Set.of());

        boolean isMetBy(DescopePrincipal principal) {
            return principal.roles().containsAll(roles);
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
