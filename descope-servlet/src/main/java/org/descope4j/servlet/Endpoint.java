package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.regex.Pattern;

/** What our endpoints share: how they read a parameter, and how they refuse. Immutable. */
record Endpoint(
        AuthPaths paths,
        Pages pages,
        PageWriter writer,
        Csrf csrf,
        SessionCookies cookies,
        BrowserSessions browserSessions,
        BindingCookie binding,
        RedirectPolicy redirects) {
    /** The query parameter of a link, and the field of a form that redeems one. */
    static final String TOKEN_FIELD = "t";

    /** Longer than anything our own forms send. */
    private static final int LONGEST_PARAMETER = 4096;

    private static final String AGAIN = "again";

    /** What Descope's clients take for a link token. */
    private static final Pattern LINK_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/=]{1,2048}");

    /** A parameter that is there once; empty where it is missing, repeated (pollution), or absurdly long. */
    String single(HttpServletRequest request, String name) {
        return single(request, name, LONGEST_PARAMETER);
    }

    /** The same for a parameter that may be longer, or must be shorter. */
    String single(HttpServletRequest request, String name, int longest) {
        String[] values = request.getParameterValues(name);
        return values == null || values.length != 1 || values[0].length() > longest ? "" : values[0];
    }

    /** What the link brought along; empty where that was cut, doubled or made up (V10). */
    String linkToken(HttpServletRequest request) {
        String token = single(request, TOKEN_FIELD);
        return LINK_TOKEN.matcher(token).matches() ? token : "";
    }

    /** The return-to as the query of one of our own paths; empty for none. */
    static String returnToQuery(String returnTo) {
        return returnTo.isEmpty() ? "" : "?returnTo=" + URLEncoder.encode(returnTo, UTF_8);
    }

    /** A return-to worth keeping, else empty. */
    String deepLink(String returnTo) {
        return redirects.isDeepLink(returnTo) ? returnTo : "";
    }

    String signInPath(HttpServletRequest request) {
        return request.getContextPath() + paths.signIn();
    }

    /**
     * The same for somebody who is signed in by what is not enough: the form is shown to them as well, where it would lead others back to
     * where they came from, and round and round. Whoever adds that to an address sees a form, and nothing else.
     */
    String signInAgainPath(HttpServletRequest request, String returnTo) {
        String query = returnToQuery(returnTo);
        return signInPath(request) + (query.isEmpty() ? "?" : query + "&") + AGAIN + "=true";
    }

    /** The one of the two at which this person is shown the form. */
    String signInPathFor(HttpServletRequest request, String returnTo) {
        boolean isSomebody = RequestIdentity.of(request).principal().isPresent();
        return isSomebody ? signInAgainPath(request, returnTo) : signInPath(request) + returnToQuery(returnTo);
    }

    /** Whether the form is to be shown whoever is signed in. */
    boolean isSignInAgain(HttpServletRequest request) {
        return single(request, AGAIN).equals("true");
    }

    /** The page for new users; empty where there is none. */
    String signUpPath(HttpServletRequest request, String returnTo) {
        return paths.hasSignUp() ? request.getContextPath() + paths.signUp() + returnToQuery(returnTo) : "";
    }

    /** Whether a POST that asks for a link is one of ours: our page's, or that of the application's own page. */
    boolean allowsAsking(HttpServletRequest request, PageName page) {
        return csrf.allows(request) || (writer.isOwn(page) && csrf.allowsWithoutField(request));
    }

    /** To what no person opened: a prefetch is asked again at the click after a 503, after a 2xx or 4xx it may be shown instead. */
    void refuseVisit(HttpServletResponse response, Visit visit) {
        writer.writeNothing(
                response,
                visit == Visit.PREFETCH
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : HttpServletResponse.SC_FORBIDDEN);
    }

    void refuseMethod(HttpServletResponse response, String allowed) {
        response.setHeader("Allow", allowed);
        writer.writeNothing(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }

    /** A POST that is not one of our own pages'; maybe one that was open for too long. */
    void refuseForgery(HttpServletRequest request, HttpServletResponse response, String reference) throws IOException {
        writer.write(request, response, pages.forbidden(signInPath(request), reference));
    }

    void tooManyRequests(
            HttpServletRequest request, HttpServletResponse response, Duration retryAfter, String reference)
            throws IOException {
        response.setHeader("Retry-After", String.valueOf(PageWait.seconds(retryAfter)));
        writer.write(request, response, pages.tooManyRequests(retryAfter, signInPath(request), reference));
    }
}
