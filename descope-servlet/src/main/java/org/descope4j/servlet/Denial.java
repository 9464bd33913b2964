package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;

/**
 * Says no in the way the client understands: a page navigation goes to the sign-in page or sees a page; a script or a program gets a
 * status and a problem document (RFC 9457); a part of a Jakarta Faces page gets its own form of a redirect. Immutable.
 */
final class Denial {
    private final Journal journal;
    private final CorsAnswers corsAnswers;
    private final Endpoint our;

    Denial(Journal journal, CorsAnswers corsAnswers, Endpoint our) {
        this.journal = journal;
        this.corsAnswers = corsAnswers;
        this.our = our;
    }

    /** Nobody is signed in, or nobody can tell. */
    void unlessSignedIn(RequestIdentity identity, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (identity.kind() == RequestIdentity.Kind.CANNOT_TELL && Visit.isPrefetch(request)) {
            notYet(response);
            return;
        }
        if (identity.kind() == RequestIdentity.Kind.CANNOT_TELL) {
            cannotTell(identity, request, response);
            return;
        }
        signInRequired(request, response, identity.isUnconfirmed());
    }

    /** Nobody is signed in, or by what is not enough. */
    private void signInRequired(HttpServletRequest request, HttpServletResponse response, boolean isAgain)
            throws IOException {
        String signIn = isAgain ? our.signInAgainPath(request, "") : our.signInPath(request);
        String back = isAgain
                ? our.signInAgainPath(request, deepLink(request))
                : signIn + Endpoint.returnToQuery(deepLink(request));
        switch (ClientKind.of(request)) {
            case PAGE -> our.writer().redirect(response, back);
            case FACES -> facesRedirect(response, back);
            case PROGRAM -> {
                response.setHeader("WWW-Authenticate", challenge(request));
                problem(
                        request,
                        response,
                        HttpServletResponse.SC_UNAUTHORIZED,
                        "Sign-in required",
                        ",\"signInUrl\":\"" + jsonText(signIn) + "\"");
            }
        }
    }

    /** Signed in, but too long ago for this (RFC 9470). */
    void freshSignInRequired(HttpServletRequest request, HttpServletResponse response, Duration maxAge)
            throws IOException {
        String stepUp = request.getContextPath() + our.paths().stepUp();
        switch (ClientKind.of(request)) {
            case PAGE -> our.writer().redirect(response, stepUp + returnTo(request));
            case FACES -> facesRedirect(response, stepUp + returnTo(request));
            case PROGRAM -> {
                response.setHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"descope\", error=\"insufficient_user_authentication\","
                                + " error_description=\"A more recent sign-in is required\", max_age="
                                + maxAge.toSeconds());
                problem(
                        request,
                        response,
                        HttpServletResponse.SC_UNAUTHORIZED,
                        "A more recent sign-in is required",
                        ",\"signInUrl\":\"" + jsonText(stepUp) + "\",\"maxAge\":" + maxAge.toSeconds());
            }
        }
    }

    /** Signed in, but not allowed. */
    void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, Reason.ROLE_MISSING, "Not allowed");
    }

    /** A page of another origin made the browser send this, with the user's cookies. */
    void forged(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, Reason.OTHER_ORIGIN, "Sent by a page of another origin");
    }

    /** To a prefetch, which a browser asks again at the click after this and after no other answer. */
    void notYet(HttpServletResponse response) {
        our.writer().writeNothing(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }

    /**
     * Nobody can tell at present: never 401, which would send a signed-in user to sign in again. Where it lasts, that is offered: a new
     * sign-in replaces the cookies.
     */
    private void cannotTell(RequestIdentity identity, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Retry-After", "5");
        String signIn = our.signInPath(request);
        if (ClientKind.of(request) == ClientKind.PAGE) {
            String reference = journal.note(request, Kind.DENIED, Reason.DESCOPE_UNAVAILABLE, "");
            String retry = request.getContextPath() + "/";
            Page page = identity.isUnknownForLong()
                    ? our.pages().unavailableForLong(retry, signIn + returnTo(request), reference)
                    : our.pages().unavailable(retry, reference);
            our.writer().write(request, response, page);
            return;
        }
        problem(
                request,
                response,
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "Sign-in is temporarily unavailable",
                identity.isUnknownForLong() ? ",\"signInUrl\":\"" + jsonText(signIn) + "\"" : "");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason, String title)
            throws IOException {
        String reference = journal.note(request, Kind.DENIED, reason, "");
        if (ClientKind.of(request) == ClientKind.PAGE) {
            String home = our.redirects().defaultPage();
            String signOut = request.getContextPath() + our.paths().signOut();
            String account = reason == Reason.ROLE_MISSING ? account(request) : "";
            our.writer().write(request, response, our.pages().notAllowed(home, account, signOut, reference));
            return;
        }
        problem(request, response, HttpServletResponse.SC_FORBIDDEN, title, ",\"reference\":\"" + reference + "\"");
    }

    /** Whom it does not let in, so that they can come back as somebody else; empty for nobody. */
    private static String account(HttpServletRequest request) {
        return RequestIdentity.of(request)
                .principal()
                .map(DescopePrincipal::displayName)
                .orElse("");
    }

    /** RFC 6750 section 3: a credential that was shown and is no good is named; without one, none is. */
    private static String challenge(HttpServletRequest request) {
        String challenge = "Bearer realm=\"descope\"";
        return RequestIdentity.isBearerRefused(request) ? challenge + ", error=\"invalid_token\"" : challenge;
    }

    private String returnTo(HttpServletRequest request) {
        return Endpoint.returnToQuery(deepLink(request));
    }

    /** The page that was asked for; empty where there is none to go back to. */
    private String deepLink(HttpServletRequest request) {
        boolean isFaces = ClientKind.of(request) == ClientKind.FACES;
        String query = request.getQueryString();
        // a part of a Faces page is posted to the address of that page
        String target = query == null || isFaces ? request.getRequestURI() : request.getRequestURI() + "?" + query;
        return ("GET".equals(request.getMethod()) || isFaces) && our.redirects().isDeepLink(target) ? target : "";
    }

    /** Jakarta Faces, chapter 13 and its XML schema. */
    private static void facesRedirect(HttpServletResponse response, String location) throws IOException {
        write(
                response,
                HttpServletResponse.SC_OK,
                "text/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<partial-response><redirect url=\""
                        + PageBody.attribute(location) + "\"/></partial-response>");
    }

    private void problem(
            HttpServletRequest request, HttpServletResponse response, int status, String title, String more)
            throws IOException {
        corsAnswers.letRead(request, response);
        write(
                response,
                status,
                "application/problem+json",
                "{\"title\":\"" + title + "\",\"status\":" + status + more + "}");
    }

    private static void write(HttpServletResponse response, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(type);
        response.setCharacterEncoding(UTF_8.name());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String jsonText(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
