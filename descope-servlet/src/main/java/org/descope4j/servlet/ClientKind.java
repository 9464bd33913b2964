package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Stream;

/** What sends a request, which decides in which form it understands a no. */
enum ClientKind {
    /** A browser that goes to a page: it can be sent elsewhere, and a person reads what it shows. */
    PAGE,
    /** A Jakarta Faces page that updates a part of itself: it follows a redirect only when its XML says so. */
    FACES,
    /** A script, an {@code EventSource}, a WebSocket, a program: it needs a status and something to parse. */
    PROGRAM;

    /**
     * Fetch Metadata first, which browsers send and pages cannot change. Without it, {@code X-Requested-With} by its value: script
     * libraries send {@code XMLHttpRequest}; in-app browsers of Android send the name of their application with every page. Else a client
     * that takes HTML is a page.
     */
    static ClientKind of(HttpServletRequest request) {
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            return FACES;
        }
        if (CrossSite.isWebSocketHandshake(request)) {
            return PROGRAM;
        }
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate") ? PAGE : PROGRAM;
        }
        boolean isByScript = values(request, "X-Requested-With").anyMatch("XMLHttpRequest"::equalsIgnoreCase);
        return !isByScript && values(request, "Accept").anyMatch(ClientKind::isHtml) ? PAGE : PROGRAM;
    }

    /** The members of a list in a header, however many lines it came in (RFC 9110 section 5.3). */
    private static Stream<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip);
    }

    /** Whether a member of {@code Accept} takes HTML; a weight of zero says that it does not (RFC 9110 section 12.4.2). */
    private static boolean isHtml(String mediaRange) {
        String[] parts = mediaRange.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        return (type.equals("text/html") || type.equals("application/xhtml+xml"))
                && Arrays.stream(parts).map(String::strip).noneMatch(part -> part.matches("q\\s*=\\s*0(\\.0*)?"));
    }
}
