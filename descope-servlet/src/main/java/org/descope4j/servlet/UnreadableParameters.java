package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose parameters the container cannot read: a query or a form with {@code %zz}, one that is too large. Some containers ignore
 * what they cannot read; others throw, and answer with a page of their own. Here such a request has no parameters, and gets the page, with
 * our headers, that one without them gets.
 */
final class UnreadableParameters extends HttpServletRequestWrapper {
    private static final Logger LOG = System.getLogger(UnreadableParameters.class.getName());

    private UnreadableParameters(HttpServletRequest request) {
        super(request);
    }

    /** The request, or, if its parameters cannot be read, one without parameters. */
    static HttpServletRequest none(HttpServletRequest request) {
        try {
            request.getParameterMap();
            return request;
        } catch (RuntimeException e) {
            // each container has an exception of its own for it
            LOG.log(
                    Level.DEBUG,
                    "The parameters of a request cannot be read: {0}",
                    e.getClass().getName());
            return new UnreadableParameters(request);
        }
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }
}
