package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Another method that a request asks to be taken for: frameworks read it from a header or from the query, some of them for a
 * {@code GET} too, which any link of another site can be. Without reading the body.
 */
final class MethodOverride {
    private static final List<String> HEADERS = List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");
    private static final List<String> PARAMETERS =
            Stream.concat(Stream.of("_method"), HEADERS.stream()).toList();

    private MethodOverride() {}

    /** Whether a request, whatever its own method is, asks for one that does something. */
    static boolean isUnsafe(HttpServletRequest request) {
        return Stream.concat(ofHeaders(request), ofQuery(request))
                .map(method -> method.strip().toUpperCase(Locale.ROOT))
                .anyMatch(method -> !method.isEmpty() && !CrossSite.SAFE.contains(method));
    }

    private static Stream<String> ofHeaders(HttpServletRequest request) {
        return HEADERS.stream().flatMap(header -> Collections.list(request.getHeaders(header)).stream());
    }

    private static Stream<String> ofQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null
                ? Stream.empty()
                : Arrays.stream(query.split("[&;]", -1)).flatMap(MethodOverride::ofParameter);
    }

    private static Stream<String> ofParameter(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0) {
            return Stream.empty();
        }
        String name = decoded(parameter.substring(0, equals));
        return PARAMETERS.stream().anyMatch(name::equalsIgnoreCase)
                ? Stream.of(decoded(parameter.substring(equals + 1)))
                : Stream.empty();
    }

    /** What is no escape stays as it is. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
