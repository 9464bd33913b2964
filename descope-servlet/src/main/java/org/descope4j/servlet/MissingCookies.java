package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells what it means that a request came without the cookies of a session: that the browser has none, or that it may have kept them
 * back (SameSite, Secure) while the cookie of the HttpSession, which the container writes, came along. In doubt the latter. Immutable.
 */
final class MissingCookies {
    private static final Set<String> OWN_SITE = Set.of("same-origin", "same-site", "none");
    private static final Set<String> FRAMES = Set.of("iframe", "frame", "embed", "object", "fencedframe");
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final CookiePolicy.SameSite sameSite;
    private final boolean isPartitioned;
    private final PublicUrl publicUrl;

    MissingCookies(CookiePolicy policy, PublicUrl publicUrl) {
        this.sameSite = policy.sameSite();
        this.isPartitioned = policy.partitioned();
        this.publicUrl = publicUrl;
    }

    /** Whether a browser that has the cookies of a session sends them with such a request. */
    boolean areGone(HttpServletRequest request) {
        if (Visit.isPrefetch(request)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? areGoneByOlderSigns(request) : areGoneBySite(request, site);
    }

    /** Fetch Metadata: browsers send it by https, and to this machine. */
    private boolean areGoneBySite(HttpServletRequest request, String site) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        boolean isFrame = destination != null && FRAMES.contains(destination);
        if (OWN_SITE.contains(site)) {
            // a page of ours in a frame may be in a page of another site
            return !isFrame || (sameSite == CookiePolicy.SameSite.NONE && !isPartitioned);
        }
        boolean isOpened = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(destination)
                && SAFE.contains(request.getMethod());
        return isOpened && sameSite != CookiePolicy.SameSite.STRICT;
    }

    /** Older browsers, programs, and plain http. */
    private boolean areGoneByOlderSigns(HttpServletRequest request) {
        if (publicUrl.isSecure(request) && !isByHttps(request)) {
            return false;
        }
        String from = origin(request);
        return from.isEmpty() ? sameSite != CookiePolicy.SameSite.STRICT : isOwn(request, from);
    }

    private static boolean isByHttps(HttpServletRequest request) {
        return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }

    /** The origin of the page that led here; empty where nothing says so. */
    private static String origin(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return origin;
        }
        String referer = request.getHeader("Referer");
        if (referer == null) {
            return "";
        }
        int scheme = referer.indexOf("://");
        int path = scheme < 0 ? -1 : referer.indexOf('/', scheme + 3);
        return path < 0 ? referer : referer.substring(0, path);
    }

    private boolean isOwn(HttpServletRequest request, String origin) {
        String host = request.getHeader("Host");
        String own = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return origin.equals(publicUrl.origin(request))
                || List.of("https://" + own, "http://" + own).contains(origin);
    }
}
