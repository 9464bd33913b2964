package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Warns where a servlet is mapped twice and a rule protects one address only: with {@code /admin/*} protected, what the servlet shows at
 * {@code /admin/list} may be shown at {@code /manage/list} to anybody (N9). Only the application knows whether both show the same, so the
 * other address stays open; a pattern in {@code descope.public-paths} that names it says that this is meant, and ends the warning.
 * Extensions such as {@code *.do} are left out: they name no address.
 */
final class OpenMappings {
    private static final Logger LOG = System.getLogger(OpenMappings.class.getName());
    private static final String ATTRIBUTE = OpenMappings.class.getName();
    private static final String BELOW = "/*";

    private OpenMappings() {}

    /** Once for each application, when its servlets are known: filters are initialised behind initializers and listeners. */
    static void warn(ServletContext context, ProtectedPaths rules) {
        if (context.getAttribute(ATTRIBUTE) != null) {
            return;
        }
        context.setAttribute(ATTRIBUTE, true);
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            List<String> mappings = servlet.getMappings().stream()
                    .filter(OpenMappings::namesAnAddress)
                    .sorted()
                    .toList();
            openBeside(mappings, rules)
                    .forEach(open -> LOG.log(
                            Level.WARNING,
                            "The servlet {0} is mapped to several addresses, and only one of them is protected: {1}. If both show"
                                    + " the same, add the second one to {2}; if it is public on purpose, name it in {3}",
                            servlet.getName(),
                            open,
                            SettingKey.PROTECTED_PATHS.key(),
                            SettingKey.PUBLIC_PATHS.key()));
        }
    }

    private static boolean namesAnAddress(String mapping) {
        return mapping.startsWith("/") && !mapping.equals("/") && !mapping.equals(BELOW);
    }

    /** Such as "/admin/list, but not /manage/list". */
    private static List<String> openBeside(List<String> mappings, ProtectedPaths rules) {
        List<String> open = new ArrayList<>();
        for (String mapping : mappings) {
            protectedOf(mapping, rules)
                    .forEach(pattern -> mappings.stream()
                            .filter(other -> !other.equals(mapping))
                            .map(other -> moved(pattern, mapping, other))
                            .filter(address -> !rules.hasRuleFor(address.path()))
                            .forEach(address -> open.add(pattern + ", but not " + address)));
        }
        return open;
    }

    /** What rules protect of a mapping: the mapping itself, and patterns below it. */
    private static Stream<PathPattern> protectedOf(String mapping, ProtectedPaths rules) {
        PathPattern whole = patternOf(mapping);
        Stream<PathPattern> below = rules.patterns().stream().filter(pattern -> whole.matches(pattern.path()));
        return rules.isProtected(whole.path())
                ? Stream.concat(
                        Stream.of(whole),
                        below.filter(pattern -> !pattern.path().equals(whole.path())))
                : below;
    }

    /** The same page at another mapping of its servlet. */
    private static PathPattern moved(PathPattern pattern, String mapping, String other) {
        PathPattern from = patternOf(mapping);
        PathPattern to = patternOf(other);
        boolean isWhole = pattern.equals(from) || !to.withDescendants();
        return isWhole
                ? to
                : new PathPattern(
                        to.path() + pattern.path().substring(from.path().length()), pattern.withDescendants());
    }

    private static PathPattern patternOf(String mapping) {
        return mapping.endsWith(BELOW)
                ? new PathPattern(mapping.substring(0, mapping.length() - BELOW.length()), true)
                : new PathPattern(mapping, false);
    }
}
