package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** What sends a request, which decides in which form it understands a no. */
enum ClientKind {
    /** A browser that goes to a page: it can be sent elsewhere, and a person reads what it shows. */
    PAGE,
    /** A Jakarta Faces page that updates a part of itself: it follows a redirect only when its XML says so. */
    FACES,
    /** A script, an {@code EventSource}, a WebSocket, a program: it needs a status and something to parse. */
    PROGRAM;

    /** Fetch Metadata first; where a client does not send it, who wants HTML is a page. */
    static ClientKind of(HttpServletRequest request) {
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            return FACES;
        }
        if (CrossSite.isWebSocketHandshake(request) || request.getHeader("X-Requested-With") != null) {
            return PROGRAM;
        }
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate") ? PAGE : PROGRAM;
        }
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html") ? PAGE : PROGRAM;
    }
}
