package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells requests that a page of another origin made a browser send with the user's cookies (C24, C26). Browsers say it themselves, by
 * {@code Sec-Fetch-Site} or {@code Origin}, and pages cannot forge it; so an application has nothing to add to its forms. Clients that
 * say neither are no browsers, and have no cookies that somebody else could make them send. Immutable.
 */
final class CrossSite {
    /** RFC 9110 section 9.2.1. */
    static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Set<String> OWN_OR_TYPED = Set.of("same-origin", "none");

    private final boolean isOn;
    private final Set<String> trustedOrigins;
    private final PublicUrl publicUrl;

    private CrossSite(boolean isOn, Set<String> trustedOrigins, PublicUrl publicUrl) {
        this.isOn = isOn;
        this.trustedOrigins = trustedOrigins;
        this.publicUrl = publicUrl;
    }

    /**
     * @throws IllegalArgumentException for a trusted origin that is none
     */
    static CrossSite from(SettingValues values, PublicUrl publicUrl) {
        List<String> origins = values.list(SettingKey.TRUSTED_ORIGINS);
        origins.forEach(CrossSite::requireOrigin);
        return new CrossSite(values.flag(SettingKey.CSRF_PROTECTION), Set.copyOf(origins), publicUrl);
    }

    /** Whether a request with a session's cookies was made by another origin, and would do something. */
    boolean isForged(HttpServletRequest request) {
        if (!isOn) {
            return false;
        }
        if (isWebSocketHandshake(request)) {
            return !isOwn(request, request.getHeader("Origin"));
        }
        if (SAFE.contains(request.getMethod()) && !MethodOverride.isUnsafe(request)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null) {
            return !OWN_OR_TYPED.contains(site) && (origin == null || !trustedOrigins.contains(origin));
        }
        return origin != null && !isOwn(request, origin);
    }

    /**
     * RFC 6455 section 4.1, where {@code Upgrade} is a list (RFC 9110 section 7.8), or RFC 8441 section 4, by {@code CONNECT}. Browsers
     * always say {@code Origin} there, and no {@code fetch} can be one.
     */
    static boolean isWebSocketHandshake(HttpServletRequest request) {
        return "CONNECT".equals(request.getMethod())
                || Collections.list(request.getHeaders("Upgrade")).stream()
                        .flatMap(protocols -> Arrays.stream(protocols.split(",", -1)))
                        .map(protocol -> protocol.strip().split("/", 2)[0].strip())
                        .anyMatch("websocket"::equalsIgnoreCase);
    }

    /** Whether the pages of another origin may act for users of this application. */
    boolean isTrusted(String origin) {
        return trustedOrigins.contains(origin);
    }

    /**
     * The application may be reached by other names than its public URL's: a browser's Host is as true as its Origin. A page of the same
     * host on plain http is another origin, which anybody on the network can write.
     */
    private boolean isOwn(HttpServletRequest request, String origin) {
        return origin == null
                || origin.equals(publicUrl.origin(request))
                || trustedOrigins.contains(origin)
                || (authority(origin).equals(host(request)) && isByTheSameScheme(origin));
    }

    private boolean isByTheSameScheme(String origin) {
        return !publicUrl.isAlwaysSecure() || origin.startsWith("https://");
    }

    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    private static String authority(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? "no origin" : origin.substring(scheme + 3);
    }

    private static void requireOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            boolean isOrigin = uri.getHost() != null
                    && Set.of("https", "http").contains(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && origin.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && origin.equals(origin.toLowerCase(Locale.ROOT));
            if (isOrigin) {
                return;
            }
        } catch (URISyntaxException e) {
            // refused below, with what would have been right
        }
        throw SettingKey.TRUSTED_ORIGINS.refusal(
                "origins as browsers write them, such as https://spa.example.com, without a path; got " + origin);
    }
}
