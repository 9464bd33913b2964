package org.descope4j.servlet;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * So many in such a time.
 *
 * @param count at least 1
 * @param period at least a second
 */
record Rate(int count, Duration period) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})/([1-9][0-9]{0,4})?([smhd])");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})?([smhd])");

    /**
     * Reads {@code 5/15m}, {@code 100/h} or {@code off}.
     *
     * @return empty for off
     * @throws IllegalArgumentException for anything else; the message names the key
     */
    static Optional<Rate> parse(String key, String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    key + " refused: expected so many in such a time, such as 5/15m, 100/h or" + " 1000/d, or off; got "
                            + text);
        }
        return Optional.of(new Rate(Integer.parseInt(form.group(1)), duration(form.group(2), form.group(3))));
    }

    /**
     * Reads {@code 15m} or {@code h}.
     *
     * @throws IllegalArgumentException for anything else; the message names the key
     */
    static Duration parseDuration(String key, String text) {
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(key + " refused: expected a time such as 15m or 1h, got " + text);
        }
        return duration(form.group(1), form.group(2));
    }

    private static Duration duration(@Nullable String units, String unit) {
        return unit(unit).multipliedBy(units == null ? 1 : Long.parseLong(units));
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
