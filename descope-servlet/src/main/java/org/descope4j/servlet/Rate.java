package org.descope4j.servlet;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in such a time.
 *
 * @param count at least 1
 * @param period at least a second
 */
record Rate(int count, Duration period) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})/([1-9][0-9]{0,4})?([smhd])");

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
        long units = form.group(2) == null ? 1 : Long.parseLong(form.group(2));
        return Optional.of(
                new Rate(Integer.parseInt(form.group(1)), unit(form.group(3)).multipliedBy(units)));
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
