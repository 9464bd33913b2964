package org.descope4j.servlet;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What browsers are told about pages of other origins that send requests to protected paths (C25). Preflights come without cookies,
 * so the application never gets to see one there: a Faces page, a JSP and every servlet that overrides {@code service()} answer
 * {@code OPTIONS} with what they show to a {@code GET}. Immutable.
 */
final class CorsAnswers {
    /** Long enough for the calls of one page; an origin that is no longer trusted is forgotten soon. */
    private static final String REMEMBERED_FOR_SECONDS = "60";

    /** RFC 9110 section 5.6.2. */
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}";

    private static final Pattern METHOD = Pattern.compile(TOKEN);
    private static final Pattern HEADER_NAMES = Pattern.compile(TOKEN + "([ \t]*,[ \t]*" + TOKEN + "){0,99}");

    private final CrossSite crossSite;
    private final List<PathPattern> optionsWithoutUser;

    private CorsAnswers(CrossSite crossSite, List<PathPattern> optionsWithoutUser) {
        this.crossSite = crossSite;
        this.optionsWithoutUser = optionsWithoutUser;
    }

    /**
     * @throws IllegalArgumentException for a pattern of another form
     */
    static CorsAnswers from(SettingValues values, CrossSite crossSite) {
        return new CorsAnswers(crossSite, PathPattern.listOf(SettingKey.OPTIONS_WITHOUT_USER, values));
    }

    /** A browser's question whether a page of another origin may send a request. Other dispatches of it ask nothing. */
    static boolean isPreflight(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod())
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Whether the application wants to answer {@code OPTIONS} there to anybody, in every reading of the path and at every address of its page. */
    boolean isForApplication(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod()) && PathPattern.eachAddressMatches(optionsWithoutUser, request);
    }

    /** Says yes to a page of a trusted origin, and no to others in a way that tells them nothing. */
    void answer(HttpServletRequest request, HttpServletResponse response) {
        String origin = single(request, "Origin");
        String method = single(request, "Access-Control-Request-Method");
        String headers = all(request, "Access-Control-Request-Headers");
        boolean isGranted = crossSite.isTrusted(origin)
                && METHOD.matcher(method).matches()
                && (headers.isEmpty() || HEADER_NAMES.matcher(headers).matches());
        response.setHeader("Cache-Control", "no-store");
        response.addHeader("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        if (!isGranted) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        letRead(origin, response);
        response.setHeader("Access-Control-Allow-Methods", method);
        if (!headers.isEmpty()) {
            response.setHeader("Access-Control-Allow-Headers", headers);
        }
        response.setHeader("Access-Control-Max-Age", REMEMBERED_FOR_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Lets a page of a trusted origin read what is answered to it. */
    void letRead(HttpServletRequest request, HttpServletResponse response) {
        String origin = single(request, "Origin");
        if (crossSite.isTrusted(origin)) {
            response.addHeader("Vary", "Origin");
            letRead(origin, response);
        }
    }

    private static void letRead(String origin, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
    }

    /** Empty where a header is missing, or came more than once. */
    private static String single(HttpServletRequest request, String name) {
        List<String> values = values(request, name);
        return values.size() == 1 ? values.get(0) : "";
    }

    private static String all(HttpServletRequest request, String name) {
        return values(request, name).stream().map(String::strip).collect(joining(", "));
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }
}
