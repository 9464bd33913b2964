package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Paths that need a user who proved a short while ago who they are: {@code /transfer/*=10m}. Immutable. */
final class FreshPaths {
    /** The time of a sign-in is known to the minute where a link asks for a new one. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Map<PathPattern, Duration> ages;

    private FreshPaths(Map<PathPattern, Duration> ages) {
        this.ages = ages;
    }

    /**
     * @throws IllegalArgumentException for a pattern without a time, or a time that is too short
     */
    static FreshPaths from(SettingValues values) {
        Map<PathPattern, Duration> ages = new LinkedHashMap<>();
        for (String text : values.list(SettingKey.FRESH_PATHS)) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw SettingKey.FRESH_PATHS.refusal("a path and a time, such as /transfer/*=10m; got " + text);
            }
            Duration age = SettingValues.duration(
                    SettingKey.FRESH_PATHS, text.substring(equals + 1).strip());
            if (age.compareTo(SHORTEST) < 0) {
                throw SettingKey.FRESH_PATHS.refusal("at least a minute, in which a link can be opened; got " + text);
            }
            ages.put(
                    PathPattern.of(
                            SettingKey.FRESH_PATHS, text.substring(0, equals).strip()),
                    age);
        }
        return new FreshPaths(ages);
    }

    Set<PathPattern> patterns() {
        return ages.keySet();
    }

    /** How long ago the user of a request may have signed in, in whichever reading of its path and at whichever address of its page is stricter; empty for any time. */
    Optional<Duration> oldestFor(HttpServletRequest request) {
        return ages.isEmpty()
                ? Optional.empty()
                : RequestPath.addresses(request).stream()
                        .flatMap(path -> ages.entrySet().stream()
                                .filter(age -> age.getKey().matches(path))
                                .map(Map.Entry::getValue))
                        .min(Comparator.naturalOrder());
    }
}
