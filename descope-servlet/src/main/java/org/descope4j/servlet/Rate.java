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
    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})/(.+)");

    /**
     * Reads {@code 5/15m}, {@code 5/PT15M}, {@code 100/h} or {@code off}.
     *
     * @return empty for off
     * @throws IllegalArgumentException for anything else; the message names the key
     */
    static Optional<Rate> parse(SettingKey key, String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refusal(key, text);
        }
        Duration period = period(key, form.group(2), text);
        if (period.isZero() || period.compareTo(LONGEST_PERIOD) > 0) {
            throw refusal(key, text);
        }
        return Optional.of(new Rate(Integer.parseInt(form.group(1)), period));
    }

    /** A unit alone is one of it. */
    private static Duration period(SettingKey key, String period, String text) {
        try {
            return SettingValues.duration(key, period.length() == 1 ? "1" + period : period);
        } catch (IllegalArgumentException e) {
            throw refusal(key, text);
        }
    }

    private static IllegalArgumentException refusal(SettingKey key, String text) {
        return key.refusal(
                "so many in such a time of a year at most, such as 5/15m, 100/h or 1000/d, or off; got " + text);
    }
}
