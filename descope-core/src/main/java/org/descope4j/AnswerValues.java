package org.descope4j;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is beside the point of an answer: what is missing, of another type, or out of every range, is absent and costs nothing
 * else.
 */
final class AnswerValues {
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

    private AnswerValues() {}

    static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    static boolean flag(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    static List<String> texts(@Nullable List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream().filter(Objects::nonNull).toList();
    }

    /** Seconds of the epoch; Descope writes 0 where it has no time. */
    static Optional<Instant> instant(@Nullable Object seconds) {
        return seconds(seconds).map(Instant::ofEpochSecond);
    }

    /** Seconds; Descope writes 0 where it has no period. */
    static Optional<Duration> duration(@Nullable Object seconds) {
        return seconds(seconds).map(Duration::ofSeconds);
    }

    /** Numbers as in the claims of a session: {@link Long} where it is an integer that fits, {@link BigDecimal} otherwise. */
    static Map<String, Object> members(@Nullable Map<?, ?> members) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (members != null) {
            members.forEach((name, value) -> {
                Object copied = value(value);
                if (copied != null) {
                    copy.put((String) name, copied);
                }
            });
        }
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return members(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(value(element)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            boolean isInteger = exact.scale() == 0 && exact.unscaledValue().bitLength() < Long.SIZE;
            return isInteger ? (Object) exact.longValue() : exact;
        }
        return value;
    }

    private static Optional<Long> seconds(@Nullable Object seconds) {
        if (!(seconds instanceof Number number)) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.signum() > 0 && exact.compareTo(LAST_SECOND) <= 0
                ? Optional.of(exact.longValue())
                : Optional.empty();
    }
}
