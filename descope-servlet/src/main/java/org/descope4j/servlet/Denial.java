package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;

/**
 * Says no in the way the client understands: a page navigation goes to the sign-in page or sees a page; a script or a program gets a
 * status and a problem document (RFC 9457). Immutable.
 */
final class Denial {
    private final Pages pages;
    private final PageWriter writer;
    private final RedirectPolicy redirects;
    private final AuthPaths paths;

    Denial(Pages pages, PageWriter writer, RedirectPolicy redirects, AuthPaths paths) {
        this.pages = pages;
        this.writer = writer;
        this.redirects = redirects;
        this.paths = paths;
    }

    /** Nobody is signed in, or nobody can tell. */
    void unlessSignedIn(RequestIdentity identity, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (identity.kind() == RequestIdentity.Kind.CANNOT_TELL) {
            cannotTell(request, response);
            return;
        }
        signInRequired(request, response);
    }

    /** Nobody is signed in. */
    void signInRequired(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String signIn = request.getContextPath() + paths.signIn();
        if (isNavigation(request)) {
            writer.redirect(response, signIn + returnTo(request));
            return;
        }
        response.setHeader("WWW-Authenticate", "Bearer");
        problem(response, HttpServletResponse.SC_UNAUTHORIZED, "Sign-in required", ",\"signInUrl\":\"" + signIn + "\"");
    }

    /** Signed in, but not allowed. */
    void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isNavigation(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        problem(response, HttpServletResponse.SC_FORBIDDEN, "Not allowed", "");
    }

    /** Nobody can tell at present: never 401, which would send a signed-in user to sign in again. */
    void cannotTell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "5");
        if (isNavigation(request)) {
            writer.write(request, response, pages.unavailable(request.getContextPath() + "/", ""));
            return;
        }
        problem(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Sign-in is temporarily unavailable", "");
    }

    private String returnTo(HttpServletRequest request) {
        String query = request.getQueryString();
        String target = query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
        return "GET".equals(request.getMethod()) && redirects.isDeepLink(target)
                ? "?returnTo=" + URLEncoder.encode(target, UTF_8)
                : "";
    }

    /** Fetch Metadata first; where a client does not send it, a GET that wants HTML is a page. */
    private static boolean isNavigation(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate");
        }
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html") && request.getHeader("X-Requested-With") == null;
    }

    private static void problem(HttpServletResponse response, int status, String title, String more)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(UTF_8.name());
        byte[] problem = ("{\"title\":\"" + title + "\",\"status\":" + status + more + "}").getBytes(UTF_8);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
    }
}
