package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What a browser says that it wants with a page (Fetch Metadata, and the headers by which browsers name a prefetch). */
enum Visit {
    /** A person goes there. */
    PERSON,
    /** A person goes there, through a service worker that hands the navigation on: {@code navigate} for nothing ({@code empty}). */
    HANDED_ON,
    /** Nobody has gone there yet; what is answered may be shown when somebody does. */
    PREFETCH,
    /** An image, a frame, a script, a script's own request. */
    PART;

    private static final List<String> PREFETCH_HEADERS = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");
    private static final List<String> PREFETCH_WORDS = List.of("prefetch", "prerender", "preview");

    static Visit of(HttpServletRequest request) {
        if (isPrefetch(request)) {
            return PREFETCH;
        }
        String mode = request.getHeader("Sec-Fetch-Mode");
        String destination = request.getHeader("Sec-Fetch-Dest");
        if (mode != null && !mode.equals("navigate")) {
            return PART;
        }
        if (destination == null || destination.equals("document")) {
            return PERSON;
        }
        return mode != null && destination.equals("empty") ? HANDED_ON : PART;
    }

    static boolean isPrefetch(HttpServletRequest request) {
        return PREFETCH_HEADERS.stream()
                .flatMap(name -> Collections.list(request.getHeaders(name)).stream())
                .map(value -> value.toLowerCase(Locale.ROOT))
                .anyMatch(value -> PREFETCH_WORDS.stream().anyMatch(value::contains));
    }
}
