package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;

/**
 * Names request attributes for the application that a request is dispatched to. A request that is forwarded into another application of
 * the server keeps its attributes; without this the second application would read what the first one found out (N4).
 */
final class ApplicationAttribute {
    private ApplicationAttribute() {}

    /** A name that no other application of this server uses. */
    static String of(ServletRequest request, String name) {
        return name + contextPath(request);
    }

    /** Of the application that the request is dispatched to; empty at the root, and for a request of no application. */
    static String contextPath(ServletRequest request) {
        ServletContext application = request.getServletContext();
        return application == null ? "" : application.getContextPath();
    }
}
