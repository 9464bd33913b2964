package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Locale;
import java.util.Set;

/** A response that sets session cookies: whatever the application says about caching, no cache may keep it (C14). */
final class UncachedResponse extends HttpServletResponseWrapper {
    private static final Set<String> CACHING = Set.of("cache-control", "expires", "pragma");

    UncachedResponse(HttpServletResponse response) {
        super(response);
        response.setHeader("Cache-Control", "no-store");
    }

    @Override
    public void setHeader(String name, String value) {
        if (!isCaching(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isCaching(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!isCaching(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!isCaching(name)) {
            super.addDateHeader(name, date);
        }
    }

    /** {@code reset()} would take the cookies and this rule away; what comes after it is still uncacheable. */
    @Override
    public void reset() {
        super.reset();
        super.setHeader("Cache-Control", "no-store");
    }

    private static boolean isCaching(String name) {
        return CACHING.contains(name.toLowerCase(Locale.ROOT));
    }
}
