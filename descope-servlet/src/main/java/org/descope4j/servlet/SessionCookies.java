package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The only class that reads and writes cookies. All are HttpOnly, and Secure unless the application is on http on this machine; none
 * outlives the token in it. Without configuration they are SameSite=Lax, without Domain, for the context path only; what they are
 * called and where browsers send them is a {@link CookiePolicy}. Immutable and thread-safe.
 */
final class SessionCookies {
    /** The session JWT; Descope's own name. */
    static final String SESSION = "DS";
    /** The refresh JWT; Descope's own name. */
    static final String REFRESH = "DSR";
    /** Login ID and name of the signed-in user, sealed. */
    static final String PROFILE = "DSP";
    /** The browser's half of a link that it asked for, sealed. */
    static final String BINDING = "DSB";
    /** The browser's half of the CSRF pair. */
    static final String CSRF = "DSC";
    /** Which refresh JWT Descope refused, and since when. */
    static final String ENDED = "DSE";

    private static final List<String> ALL = List.of(SESSION, REFRESH, PROFILE, BINDING, CSRF, ENDED);

    /** RFC 6265bis section 5.6: browsers drop a cookie whose name and value are longer. */
    static final int LARGEST = 4096;
    /** RFC 6265bis section 5.5. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(400);

    private static final String SET_COOKIE = "Set-Cookie";
    private static final String WROTE = SessionCookies.class.getName() + ".wrote";
    private static final Duration BINDING_LIFE = Duration.ofHours(24);
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.-]*");

    private final CookiePolicy policy;
    private final PublicUrl publicUrl;
    private final Clock clock;

    SessionCookies(CookiePolicy policy, PublicUrl publicUrl, Clock clock) {
        this.policy = policy;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * All different non-empty values of a cookie. More than one means that somebody planted one (cookie tossing): which of them
     * is first says nothing (C3).
     */
    List<String> values(HttpServletRequest request, String name) {
        return CookieHeader.values(request, policy.nameOf(name))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /** What this request wrote; empty text where it cleared the cookie. */
    Optional<String> written(HttpServletRequest request, String name) {
        return request.getAttribute(attribute(request, name)) instanceof Written written
                ? Optional.of(written.value())
                : Optional.empty();
    }

    /** Its half of the CSRF pair; more than one where somebody planted one. */
    List<String> csrf(HttpServletRequest request) {
        return values(request, CSRF).stream()
                .filter(value -> VALUE.matcher(value).matches())
                .toList();
    }

    /**
     * Refuses what browsers would drop silently.
     *
     * @throws CookieTooLargeException if name and value are longer than 4,096 characters together
     */
    void requireFits(String name, String value) {
        Optional<CookieTooLargeException> tooLarge = tooLarge(name, value);
        if (tooLarge.isPresent()) {
            throw tooLarge.get();
        }
    }

    /** Why browsers would drop a cookie silently; empty where they keep it. */
    Optional<CookieTooLargeException> tooLarge(String name, String value) {
        String actual = policy.nameOf(name);
        return actual.length() + value.length() > LARGEST
                ? Optional.of(new CookieTooLargeException(actual, value.length()))
                : Optional.empty();
    }

    /** What browsers know it by. */
    String nameOf(String cookie) {
        return policy.nameOf(cookie);
    }

    /** Whether the session comes along when a page of another site, such as a mailbox, led here. */
    boolean arriveFromOtherSites() {
        return policy.arrivesFromOtherSites();
    }

    /**
     * Writes a cookie.
     *
     * @throws CookieTooLargeException if browsers would drop it silently
     */
    void write(HttpServletRequest request, HttpServletResponse response, String name, String value, Instant expiresAt) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("Cookie " + name + " would hold characters that no token has");
        }
        requireFits(name, value);
        Duration life = Duration.between(clock.instant(), expiresAt);
        add(request, response, name, value, life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life);
    }

    /** With the other half that it fits to, which lives as long. */
    void writeBinding(HttpServletRequest request, HttpServletResponse response, String value, String csrf) {
        Instant expiresAt = clock.instant().plus(BINDING_LIFE);
        write(request, response, CSRF, csrf, expiresAt);
        write(request, response, BINDING, value, expiresAt);
    }

    /** For as long as the browser is open. */
    void writeCsrf(HttpServletRequest request, HttpServletResponse response, String value) {
        addOnce(request, response, CSRF, value, "");
    }

    /**
     * Clears what a browser still has under names from before the prefix, which anybody can plant: such cookies are never read. A cookie
     * that a sibling host planted stays, and is told each time that it is over.
     */
    void clearOldNames(HttpServletRequest request, HttpServletResponse response) {
        for (String name : ALL) {
            policy.oldNameOf(name)
                    .filter(old -> CookieHeader.values(request, old).anyMatch(value -> !value.isEmpty()))
                    .ifPresent(old -> {
                        response.setHeader("Cache-Control", "no-store");
                        response.addHeader(
                                SET_COOKIE,
                                old + "=; Path="
                                        + (request.getContextPath().isEmpty() ? "/" : request.getContextPath())
                                        + "; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
                        request.setAttribute(ApplicationAttribute.of(request, WROTE), true);
                    });
        }
    }

    void clear(HttpServletRequest request, HttpServletResponse response, String name) {
        add(request, response, name, "", Duration.ZERO);
    }

    private void add(
            HttpServletRequest request, HttpServletResponse response, String name, String value, Duration life) {
        String maxAge = "; Max-Age=" + Math.max(life.toSeconds(), 0);
        addOnce(request, response, name, value, maxAge);
        request.setAttribute(ApplicationAttribute.of(request, WROTE), true);
    }

    /** RFC 6265 section 4.1.1: one answer has one cookie of a name; what this request wrote before gives way. */
    private void addOnce(
            HttpServletRequest request, HttpServletResponse response, String name, String value, String maxAge) {
        String line = cookie(request, name, value, maxAge);
        String attribute = attribute(request, name);
        if (request.getAttribute(attribute) instanceof Written earlier
                && response.getHeaders(SET_COOKIE).contains(earlier.line())) {
            replace(response, earlier.line(), line);
        } else {
            response.addHeader(SET_COOKIE, line);
        }
        request.setAttribute(attribute, new Written(value, line));
    }

    private static void replace(HttpServletResponse response, String earlier, String line) {
        List<String> others = response.getHeaders(SET_COOKIE).stream()
                .filter(other -> !other.equals(earlier))
                .toList();
        response.setHeader(SET_COOKIE, line);
        // some servers keep the cookies of an application apart from the headers
        others.stream()
                .filter(other -> !response.getHeaders(SET_COOKIE).contains(other))
                .forEach(other -> response.addHeader(SET_COOKIE, other));
    }

    /** Whether cookies were written or cleared; servers need not show them as headers before they send them. */
    static boolean wroteFor(HttpServletRequest request) {
        return request.getAttribute(ApplicationAttribute.of(request, WROTE)) != null;
    }

    private static String attribute(HttpServletRequest request, String name) {
        return ApplicationAttribute.of(request, SessionCookies.class.getName() + "." + name);
    }

    /** @param line as the header says it */
    private record Written(String value, String line) {
        /** Not the token. */
        @Override
        public String toString() {
            return "Written[redacted]";
        }
    }

    /** RFC 6265bis section 4.1.1, in our own words: Undertow leaves the attribute SameSite of a cookie out. */
    private String cookie(HttpServletRequest request, String name, String value, String maxAge) {
        String domain = policy.domainOf(name);
        CookiePolicy.SameSite sameSite = policy.sameSiteOf(name);
        return policy.nameOf(name) + "=" + value
                + "; Path=" + policy.pathOf(name, request.getContextPath())
                + (domain.isEmpty() ? "" : "; Domain=" + domain)
                + maxAge
                + (publicUrl.isSecure(request) ? "; Secure" : "")
                + "; HttpOnly"
                + "; SameSite=" + sameSite.attribute()
                + (policy.partitioned() && sameSite == policy.sameSite() ? "; Partitioned" : "");
    }
}
