package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * What a browser says about where a request comes from (Fetch Metadata, {@code Origin}). Such headers can
 * only refuse: a page of another site cannot forge them, but a program can, so what they allow needs a CSRF pair too.
 */
final class SameOrigin {
    private static final Set<String> OWN_OR_TYPED = Set.of("same-origin", "none");

    private SameOrigin() {}

    /** Whether a POST may be one of our own pages'. */
    static boolean allowsPost(HttpServletRequest request, String publicOrigin) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN_OR_TYPED.contains(site);
        }
        String origin = request.getHeader("Origin");
        // our pages with a form let a browser name its origin; "null" is a sandboxed page, which may have planted a
        // CSRF
        // pair of its own before (V7)
        return origin == null || origin.equals(publicOrigin);
    }
}
