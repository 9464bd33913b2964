package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.regex.Pattern;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.MagicLinks;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.SignIn;
import org.descope4j.servlet.Pages.Confirmation;
import org.descope4j.session.InvalidSessionException;

/**
 * Where magic links lead: redeems the link token for a session, and does it only for a person who wants it. The steps are numbered
 * as in ARCHITECTURE.md. Thread-safe.
 *
 * <p>Mail scanners open links, some in a real browser that runs scripts; so a GET redeems nothing unless it comes from the browser
 * that asked for the link. Any other sees a page with a button.
 */
final class VerifyEndpoint {
    private static final Logger LOG = System.getLogger(VerifyEndpoint.class.getName());
    private static final Pattern LINK_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/=]{1,2048}");
    private static final String TOKEN = "t";

    private final MagicLinks magicLinks;
    private final SignedInSession signedInSession;
    private final LinkStates states;
    private final Endpoint our;

    VerifyEndpoint(MagicLinks magicLinks, SignedInSession signedInSession, LinkStates states, Endpoint our) {
        this.magicLinks = magicLinks;
        this.signedInSession = signedInSession;
        this.states = states;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        switch (request.getMethod()) {
            // (2) HEAD and OPTIONS never redeem
            case "HEAD" -> our.writer().writeNothing(response, HttpServletResponse.SC_OK);
            case "OPTIONS" -> {
                response.setHeader("Allow", "GET, HEAD, OPTIONS, POST");
                our.writer().writeNothing(response, HttpServletResponse.SC_NO_CONTENT);
            }
            case "GET" -> open(request, response, state);
            case "POST" -> confirm(request, response, state);
            default -> our.refuseMethod(response, "GET, HEAD, OPTIONS, POST");
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        // (2) nor does what is no person's browser going to this page
        if (!SameOrigin.isTopLevelNavigation(request)) {
            our.writer().writeNothing(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        // (1) a link without its token, or with two, was cut or tampered with
        String linkToken = linkToken(request);
        if (linkToken.isEmpty()) {
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), ""));
            return;
        }
        // (3) the browser that asked for it redeems at once; but never silently over somebody who is signed in
        LinkState link = state(request, state);
        if (isAlreadySignedIn(request, link)) {
            our.writer().redirect(response, our.redirects().target(link.returnTo()));
            return;
        }
        if (link.sameBrowser() && RequestIdentity.of(request).principal().isEmpty()) {
            redeem(request, response, linkToken, link, state);
            return;
        }
        our.writer().write(request, response, confirmationPage(request, response, linkToken, link, state));
    }

    private void confirm(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response);
            return;
        }
        String linkToken = linkToken(request);
        if (linkToken.isEmpty()) {
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), ""));
            return;
        }
        redeem(request, response, linkToken, state(request, state), state);
    }

    /** (4) Redeems, once: whatever happens, the token is sent to Descope one time and not again. */
    private void redeem(
            HttpServletRequest request, HttpServletResponse response, String linkToken, LinkState link, String state)
            throws IOException {
        SignIn signIn;
        try {
            signIn = magicLinks.verify(linkToken);
        } catch (RefusedByDescopeException e) {
            LOG.log(Level.INFO, "A link was refused: {0}", e.errorCode());
            refused(request, response, link);
            return;
        } catch (RateLimitedException e) {
            our.tooManyRequests(request, response, e);
            return;
        } catch (DescopeUnavailableException e) {
            LOG.log(Level.WARNING, "A link could not be redeemed: {0}", e.getMessage());
            our.writer()
                    .write(
                            request,
                            response,
                            our.pages().unavailable(confirmation(request, response, linkToken, state), ""));
            return;
        } catch (InvalidSessionException e) {
            LOG.log(
                    Level.ERROR,
                    "Descope answered with a JWT that is not acceptable for this project: {0}",
                    e.getMessage());
            our.writer().write(request, response, our.pages().unavailable(our.signInPath(request), ""));
            return;
        }
        signedIn(request, response, signIn, link);
    }

    private void signedIn(HttpServletRequest request, HttpServletResponse response, SignIn signIn, LinkState link)
            throws IOException {
        // (5) for the login ID in the state: somebody may have glued another link's token to it (V25)
        Optional<String> loginId = link.loginIdAmong(signIn.user().loginIds());
        if (loginId.isEmpty()) {
            LOG.log(Level.WARNING, "A link's token was of another user than its state; nobody is signed in");
            signedInSession.revoke(signIn.tokens().refreshJwt());
            our.writer().write(request, response, our.pages().linkNoLongerValid(our.signInPath(request), ""));
            return;
        }
        // (7) the cookies; a token that does not fit is refused before anything else changes
        RequestIdentity before = RequestIdentity.of(request);
        String earlierRefreshJwt = our.cookies().value(request, SessionCookies.REFRESH);
        try {
            signedInSession.begin(request, response, signIn, loginId.get());
        } catch (CookieTooLargeException e) {
            LOG.log(Level.ERROR, e.getMessage());
            signedInSession.revoke(signIn.tokens().refreshJwt());
            our.writer().write(request, response, our.pages().unavailable(our.signInPath(request), ""));
            return;
        }
        our.cookies().clear(request, response, SessionCookies.BINDING);
        // (6) what was known of the browser before is not the new session's
        renewHttpSession(request, before, signIn);
        if (before.isByCookie() && !earlierRefreshJwt.isEmpty()) {
            signedInSession.revoke(earlierRefreshJwt);
        }
        // (8) on to where the user wanted to go; the token is gone from the URL
        our.writer().redirect(response, our.redirects().target(link.returnTo()));
    }

    /** Used, expired and unknown look the same (V11); whoever is signed in already, by the first of two clicks, just goes on. */
    private void refused(HttpServletRequest request, HttpServletResponse response, LinkState link) throws IOException {
        if (RequestIdentity.of(request).principal().isPresent()) {
            our.writer().redirect(response, our.redirects().target(link.returnTo()));
            return;
        }
        our.writer().write(request, response, our.pages().linkNoLongerValid(our.signInPath(request), ""));
    }

    private Page confirmationPage(
            HttpServletRequest request, HttpServletResponse response, String linkToken, LinkState link, String state) {
        String account = link.pending()
                .map(pending -> Masking.mask(pending.loginId().value()))
                .orElse("");
        String current = RequestIdentity.of(request)
                .principal()
                .map(DescopePrincipal::displayName)
                .orElse("");
        return our.pages().confirmSignIn(confirmation(request, response, linkToken, state), account, current);
    }

    private Confirmation confirmation(
            HttpServletRequest request, HttpServletResponse response, String linkToken, String state) {
        String action = request.getContextPath() + AuthPaths.VERIFY + (state.isEmpty() ? "" : "/" + state);
        return new Confirmation(action, our.csrf().fieldFor(request, response), linkToken);
    }

    private LinkState state(HttpServletRequest request, String state) {
        return states.open(state, states.binding(our.cookies().value(request, SessionCookies.BINDING)));
    }

    /** A second click on a link that has done its work: there is nothing left to do. */
    private static boolean isAlreadySignedIn(HttpServletRequest request, LinkState link) {
        return RequestIdentity.of(request)
                .principal()
                .flatMap(DescopePrincipal::loginId)
                .filter(current -> link.pending()
                        .filter(pending -> pending.loginId().matches(current))
                        .isPresent())
                .isPresent();
    }

    private String linkToken(HttpServletRequest request) {
        String token = our.single(request, TOKEN);
        return LINK_TOKEN.matcher(token).matches() ? token : "";
    }

    /** An attacker may have planted the HttpSession (fixation, V16); another user's attributes are nobody else's business (V15). */
    private static void renewHttpSession(HttpServletRequest request, RequestIdentity before, SignIn signIn) {
        HttpSession httpSession = request.getSession(false);
        if (httpSession == null) {
            return;
        }
        boolean anotherUser = before.principal()
                .filter(principal ->
                        !principal.getName().equals(signIn.session().userId()))
                .isPresent();
        if (anotherUser) {
            httpSession.invalidate();
            return;
        }
        request.changeSessionId();
    }
}
