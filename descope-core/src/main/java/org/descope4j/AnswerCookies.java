package org.descope4j;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an answer's {@code Set-Cookie} headers set, by name. A cookie that is deleted is not set; one that is set to two values, for two
 * paths or domains, is left out: nobody can tell which was meant. What is no cookie costs nothing else.
 */
final class AnswerCookies {
    private AnswerCookies() {}

    static Map<String, String> in(List<String> headers) {
        Map<String, String> cookies = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (String header : headers) {
            String[] parts = header.split(";", -1);
            int equals = parts[0].indexOf('=');
            String name = parts[0].substring(0, Math.max(equals, 0)).strip();
            String value = parts[0].substring(equals + 1).strip();
            if (name.isEmpty() || value.isEmpty() || isKeptForNoTime(parts)) {
                continue;
            }
            String earlier = cookies.putIfAbsent(name, value);
            if (earlier != null && !earlier.equals(value)) {
                ambiguous.add(name);
            }
        }
        cookies.keySet().removeAll(ambiguous);
        return cookies;
    }

    private static boolean isKeptForNoTime(String[] parts) {
        for (int attribute = 1; attribute < parts.length; attribute++) {
            String text = parts[attribute].strip().toLowerCase(Locale.ROOT);
            if (text.matches("max-age\\s*=\\s*(0+|-[0-9]+)")) {
                return true;
            }
        }
        return false;
    }
}
