package org.descope4j.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application's own page sees of a request: a GET, without the link token in its query and its parameters, and without the
 * conditions that would make an answer of a file's empty. What we hand it is in this object alone: no error page that the container
 * shows for the request finds it there (V19).
 */
final class OwnPageRequest extends HttpServletRequestWrapper {
    private static final String LINK_TOKEN = "t";
    /** By this a JSP hands its exception to its own error page, which the container then takes for the page. */
    private static final Set<String> FAILURES =
            Set.of("jakarta.servlet.jsp.jspException", RequestDispatcher.ERROR_EXCEPTION);

    private static final Set<String> CONDITIONS =
            Set.of("if-none-match", "if-match", "if-modified-since", "if-unmodified-since", "if-range", "range");

    private final OwnPageValues values;
    private @Nullable Object failure;

    OwnPageRequest(HttpServletRequest request, OwnPageValues values) {
        super(request);
        this.values = values;
    }

    /** The exception of a JSP that has an error page of its own. */
    void requireNoFailure() throws ServletException {
        if (failure != null) {
            throw failure instanceof Throwable cause
                    ? new ServletException("it failed", cause)
                    : new ServletException("it failed: " + failure);
        }
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        if (name.equals(OwnPages.ATTRIBUTE)) {
            return failure == null ? values : null;
        }
        return name.equals(RequestDispatcher.FORWARD_QUERY_STRING) ? null : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value != null && FAILURES.contains(name)) {
            failure = value;
        }
        super.setAttribute(name, value);
    }

    @Override
    public @Nullable String getParameter(String name) {
        return name.equals(LINK_TOKEN) ? null : super.getParameter(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return name.equals(LINK_TOKEN) ? null : super.getParameterValues(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
        parameters.remove(LINK_TOKEN);
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isCondition(name) ? null : super.getHeader(name);
    }

    @Override
    public long getDateHeader(String name) {
        return isCondition(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isCondition(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isCondition(name))
                .toList();
        return Collections.enumeration(names);
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("A page of signing in is answered at once");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return startAsync();
    }

    private static boolean isCondition(String header) {
        return CONDITIONS.contains(header.toLowerCase(Locale.ROOT));
    }
}
