package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths that nobody is signed in on, so that files cost nothing: no token is looked at, and nothing is refreshed (C16). Never a
 * protected one. Immutable.
 */
final class IgnoredPaths {
    private final List<PathPattern> paths;
    private final List<String> endings;

    private IgnoredPaths(List<PathPattern> paths, List<String> endings) {
        this.paths = paths;
        this.endings = endings;
    }

    /**
     * @throws IllegalArgumentException for a pattern of another form than {@code /assets/*} and {@code *.css}
     */
    static IgnoredPaths from(SettingValues values) {
        List<PathPattern> paths = new ArrayList<>();
        List<String> endings = new ArrayList<>();
        for (String pattern : values.list(SettingKey.IGNORED_PATHS)) {
            if (pattern.matches("\\*\\.[A-Za-z0-9]+")) {
                endings.add(pattern.substring(1));
            } else {
                paths.add(PathPattern.of(SettingKey.IGNORED_PATHS, pattern));
            }
        }
        return new IgnoredPaths(List.copyOf(paths), List.copyOf(endings));
    }

    boolean contain(HttpServletRequest request) {
        String path = RequestPath.of(request);
        return paths.stream().anyMatch(pattern -> pattern.matches(path))
                || endings.stream().anyMatch(path::endsWith);
    }
}
