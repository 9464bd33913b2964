package org.descope4j.servlet;

import jakarta.servlet.DispatcherType;
import java.util.Set;

/**
 * Which requests a filter gets: one {@code <filter-mapping>}. A mapping to servlets by their names has no URL patterns here, since it
 * says nothing about paths. Immutable.
 *
 * @param filterName as the filter is declared
 */
record FilterMapping(String filterName, Set<String> urlPatterns, Set<DispatcherType> dispatchers) {
    private static final String BELOW = "/*";

    FilterMapping {
        urlPatterns = Set.copyOf(urlPatterns);
        dispatchers = Set.copyOf(dispatchers);
    }

    /** Whether every request for these paths, in this kind of dispatch, passes the filter. */
    boolean covers(PathPattern paths, DispatcherType dispatcher) {
        return dispatchers.contains(dispatcher)
                && urlPatterns.stream().anyMatch(urlPattern -> isWithin(paths, urlPattern));
    }

    private static boolean isWithin(PathPattern paths, String urlPattern) {
        if (!urlPattern.endsWith(BELOW)) {
            return !paths.withDescendants() && urlPattern.equals(paths.path());
        }
        String top = urlPattern.substring(0, urlPattern.length() - BELOW.length());
        return paths.path().equals(top) || paths.path().startsWith(top + "/");
    }
}
