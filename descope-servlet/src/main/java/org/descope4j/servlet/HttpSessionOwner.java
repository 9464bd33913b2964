package org.descope4j.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps an {@link HttpSession} to the user whose it is (V15, V16, C21). At the first request of a signed-in user it gets an owner: the
 * user's Descope user ID. When anybody else comes with it, or certainly nobody, it ends before the application sees it. An HttpSession
 * without an owner, such as the basket of somebody who has not signed in yet, becomes that of the user who signs in. No HttpSession is
 * ever made here. Immutable and thread-safe; {@code docs/sessions.md} has the rule as a table.
 */
final class HttpSessionOwner {
    /** Its value is text of the JDK: a session may be written down, sent to another node, and outlive this class loader. */
    static final String ATTRIBUTE = "org.descope4j.owner";

    /** Whether the owner came with cookies, so that their absence says something. A page cannot send a Bearer token by a link. */
    private static final String COMES_WITH_COOKIES = "org.descope4j.owner.cookies";

    private final boolean outlivesUser;
    private final Predicate<HttpServletRequest> cookiesAreGone;

    /**
     * @param outlivesUser whether it goes on for nobody when the session of its owner is over by itself
     * @param cookiesAreGone whether the browser of a request without cookies of a session has none
     */
    HttpSessionOwner(boolean outlivesUser, Predicate<HttpServletRequest> cookiesAreGone) {
        this.outlivesUser = outlivesUser;
        this.cookiesAreGone = cookiesAreGone;
    }

    /** Of the application that a request is dispatched to. */
    static HttpSessionOwner of(ServletRequest request) {
        return Optional.ofNullable(request.getServletContext())
                .flatMap(SignInApplication::find)
                .map(SignInApplication::httpSessionOwner)
                .orElseGet(() -> new HttpSessionOwner(false, any -> false));
    }

    /** Ends the HttpSession that a user came with, where it is another one's. */
    void keepFor(HttpServletRequest request, DescopePrincipal user) {
        HttpSession httpSession = request.getSession(false);
        if (httpSession != null && !isFreeFor(httpSession, user.session().userId())) {
            invalidate(httpSession);
        }
    }

    /**
     * The HttpSession, if there is one, is this user's from now on. To be asked again whenever the application may have made one.
     *
     * @param isByCookie whether the user came with cookies
     */
    void claim(HttpServletRequest request, DescopePrincipal user, boolean isByCookie) {
        HttpSession httpSession = request.getSession(false);
        if (httpSession != null) {
            claim(httpSession, user.session().userId(), isByCookie);
        }
    }

    /** The same for one that is at hand. One that is another user's is left to {@link #keepFor}. */
    void claim(HttpSession httpSession, String userId, boolean isByCookie) {
        try {
            if (httpSession.getAttribute(ATTRIBUTE) == null) {
                httpSession.setAttribute(ATTRIBUTE, userId);
            }
            boolean isTheirs = userId.equals(httpSession.getAttribute(ATTRIBUTE));
            if (isByCookie && isTheirs && httpSession.getAttribute(COMES_WITH_COOKIES) == null) {
                httpSession.setAttribute(COMES_WITH_COOKIES, "true");
            }
        } catch (IllegalStateException e) {
            // another request of this browser ended it meanwhile: there is nothing left to own
        }
    }

    /**
     * A user signs in. An attacker may have planted the ID of the HttpSession (fixation, V16), so it gets another; and what another
     * user stored is nobody else's business (V15).
     *
     * @param before who was signed in until now
     */
    void begin(HttpServletRequest request, RequestIdentity before, String userId) {
        HttpSession httpSession = request.getSession(false);
        if (httpSession == null) {
            return;
        }
        boolean isOfAnother = before.principal()
                .filter(user -> !user.session().userId().equals(userId))
                .isPresent();
        if (isOfAnother || !isFreeFor(httpSession, userId)) {
            invalidate(httpSession);
            return;
        }
        try {
            request.changeSessionId();
        } catch (IllegalStateException e) {
            // another request of this browser ended it meanwhile
            return;
        }
        claim(httpSession, userId, true);
    }

    /** The user signs out: whatever is in the HttpSession ends with it (C21). */
    void end(HttpServletRequest request) {
        HttpSession httpSession = request.getSession(false);
        if (httpSession != null) {
            invalidate(httpSession);
        }
    }

    /** A session is over by itself: expired, refused, ended elsewhere. */
    void endForNobody(HttpServletRequest request) {
        HttpSession httpSession = outlivesUser ? null : request.getSession(false);
        if (httpSession != null && has(httpSession, ATTRIBUTE)) {
            invalidate(httpSession);
        }
    }

    /** No cookie of a session came: nobody is signed in, unless the browser may have kept them back. */
    void endWithoutCookies(HttpServletRequest request) {
        HttpSession httpSession = outlivesUser ? null : request.getSession(false);
        if (httpSession != null && has(httpSession, COMES_WITH_COOKIES) && cookiesAreGone.test(request)) {
            invalidate(httpSession);
        }
    }

    private static boolean has(HttpSession httpSession, String attribute) {
        try {
            return httpSession.getAttribute(attribute) != null;
        } catch (IllegalStateException e) {
            // ended meanwhile
            return false;
        }
    }

    private static boolean isFreeFor(HttpSession httpSession, String userId) {
        try {
            Object owner = httpSession.getAttribute(ATTRIBUTE);
            return owner == null || owner.equals(userId);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static void invalidate(HttpSession httpSession) {
        try {
            httpSession.invalidate();
        } catch (IllegalStateException e) {
            // another request of this browser was faster
        }
    }
}
