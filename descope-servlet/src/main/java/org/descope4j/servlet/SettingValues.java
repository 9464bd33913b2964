package org.descope4j.servlet;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is configured, as text, and where it was found. Immutable. */
final class SettingValues {
    private static final Pattern SHORT_DURATION = Pattern.compile("[0-9]{1,9}[smhd]");

    private final Map<SettingKey, Found> found;

    SettingValues(Map<SettingKey, Found> found) {
        this.found = found.isEmpty() ? Map.of() : new EnumMap<>(found);
    }

    /**
     * A value and its source.
     *
     * @param source such as {@code system property descope.project-id}
     */
    record Found(String value, String source) {
        /** The value may be a secret. */
        @Override
        public String toString() {
            return "Found[" + source + "]";
        }
    }

    Optional<String> find(SettingKey key) {
        return Optional.ofNullable(found.get(key)).map(Found::value);
    }

    /** What is configured, else the default; empty where there is none. */
    String text(SettingKey key) {
        return find(key).orElse(key.defaultValue());
    }

    /** Comma-separated parts, without blanks around them and without empty ones. */
    List<String> list(SettingKey key) {
        return split(text(key));
    }

    /** {@code true} or {@code false}, in upper or lower case. */
    boolean flag(SettingKey key) {
        return switch (text(key).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw key.refusal("true or false, got " + text(key));
        };
    }

    /** A whole number. */
    int number(SettingKey key, int least) {
        try {
            int number = Integer.parseInt(text(key));
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as any other value that is none
        }
        throw key.refusal("a whole number of at least " + least + ", got " + text(key));
    }

    /** Such as {@code 10m}, or {@code PT10M} as in ISO 8601. */
    Duration duration(SettingKey key) {
        return duration(key, text(key));
    }

    static Duration duration(SettingKey key, String text) {
        try {
            String iso = SHORT_DURATION.matcher(text).matches()
                    ? (text.endsWith("d") ? "P" : "PT") + text.toUpperCase(Locale.ROOT)
                    : text;
            Duration time = Duration.parse(iso);
            if (!time.isNegative()) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // told below, as a time before now
        }
        throw key.refusal("a time such as 30s, 10m, 2h or 1d, or PT10M as in ISO 8601; got " + text);
    }

    /** Where the value was found; empty for a default. */
    Optional<String> source(SettingKey key) {
        return Optional.ofNullable(found.get(key)).map(Found::source);
    }

    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The keys alone. */
    @Override
    public String toString() {
        return "SettingValues" + found.keySet();
    }
}
