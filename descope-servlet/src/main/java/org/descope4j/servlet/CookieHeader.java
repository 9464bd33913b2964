package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cookies of a request as the browser sent them (RFC 6265bis section 5.8.3). {@link HttpServletRequest#getCookies()} is what a
 * server made of them: Undertow keeps one cookie of each name and hides a planted one, cuts at a comma or a space, and lets a quote that
 * was opened in another cookie decide; Tomcat and Jetty take quotes away. Stateless.
 */
final class CookieHeader {
    private CookieHeader() {}

    /** All values of a cookie, in the order they came in; the name is case-sensitive. */
    static Stream<String> values(HttpServletRequest request, String name) {
        Enumeration<String> headers = request.getHeaders("Cookie");
        // a container may keep headers to itself
        List<String> lines = headers == null ? List.of() : Collections.list(headers);
        String start = name + "=";
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(start))
                .map(pair -> pair.substring(start.length()));
    }
}
