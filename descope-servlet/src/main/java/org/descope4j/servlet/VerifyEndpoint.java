package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.SignIn;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
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

    private final LinkRedeemer redeemer;
    private final SignInHandler handler;
    private final boolean strictlySameBrowser;
    private final Journal journal;
    private final SignedInSession signedInSession;
    private final LinkStates states;
    private final Endpoint our;

    VerifyEndpoint(
            LinkRedeemer redeemer,
            SignInHandler handler,
            boolean strictlySameBrowser,
            Journal journal,
            SignedInSession signedInSession,
            LinkStates states,
            Endpoint our) {
        this.redeemer = redeemer;
        this.handler = handler;
        this.strictlySameBrowser = strictlySameBrowser;
        this.journal = journal;
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
        String linkToken = our.linkToken(request);
        if (linkToken.isEmpty()) {
            String reference = journal.note(request, Kind.REFUSED, Reason.LINK_DAMAGED, "");
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), reference));
            return;
        }
        // (3) the browser that asked for it redeems at once; but never silently over somebody who is signed in
        LinkState link = state(request, state);
        if (isAlreadySignedIn(request, link)) {
            our.writer().redirect(response, our.redirects().target(link.returnTo()));
            return;
        }
        if (isRefusedHere(request, response, link)) {
            return;
        }
        boolean cookiesWouldArrive = our.cookies().arriveFromOtherSites();
        boolean isNobodyElses = RequestIdentity.of(request).principal().isEmpty() || isOfSignedInUser(request, link);
        if (link.sameBrowser() && cookiesWouldArrive && isNobodyElses) {
            redeem(request, response, linkToken, link, state);
            return;
        }
        our.writer().write(request, response, confirmationPage(request, response, linkToken, link, state));
    }

    private void confirm(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response, journal.note(request, Kind.REFUSED, Reason.FORGED_FORM, ""));
            return;
        }
        String linkToken = our.linkToken(request);
        if (linkToken.isEmpty()) {
            String reference = journal.note(request, Kind.REFUSED, Reason.LINK_DAMAGED, "");
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), reference));
            return;
        }
        LinkState link = state(request, state);
        if (isRefusedHere(request, response, link)) {
            return;
        }
        journal.note(request, Kind.CONFIRMED, Reason.NONE, "");
        redeem(request, response, linkToken, link, state);
    }

    /** Another browser than the one that asked, where the application wants that one and no other. */
    private boolean isRefusedHere(HttpServletRequest request, HttpServletResponse response, LinkState link)
            throws IOException {
        if (!strictlySameBrowser || link.sameBrowser()) {
            return false;
        }
        noLongerValid(request, response, link, journal.note(request, Kind.REFUSED, Reason.OTHER_BROWSER, ""));
        return true;
    }

    /** (4) Redeems, once: whatever happens, the token is sent to Descope one time and not again. */
    private void redeem(
            HttpServletRequest request, HttpServletResponse response, String linkToken, LinkState link, String state)
            throws IOException {
        SignIn signIn;
        try {
            signIn = redeemer.redeem(linkToken, browser(request));
        } catch (RefusedByDescopeException e) {
            refused(request, response, link, e.errorCode());
            return;
        } catch (RateLimitedException e) {
            String reference = journal.note(request, Kind.LIMITED, Reason.TOO_MANY_AT_DESCOPE, "");
            our.tooManyRequests(request, response, e.retryAfter(), reference);
            return;
        } catch (DescopeUnavailableException e) {
            LOG.log(Level.WARNING, "A link could not be redeemed: {0}", e.getMessage());
            String reference = journal.note(request, Kind.REFUSED, Reason.DESCOPE_UNAVAILABLE, "");
            PageForm again = redeemForm(request, response, linkToken, state);
            our.writer().write(request, response, our.pages().unavailable(again, reference));
            return;
        } catch (InvalidSessionException e) {
            LOG.log(
                    Level.ERROR,
                    "Descope answered with a JWT that is not acceptable for this project: {0}",
                    e.getMessage());
            cannotSignIn(request, response, Reason.ANSWER_NOT_ACCEPTABLE, "");
            return;
        }
        redeemed(request, response, signIn, link);
    }

    private void redeemed(HttpServletRequest request, HttpServletResponse response, SignIn signIn, LinkState link)
            throws IOException {
        // (5) for the login ID in the state: somebody may have glued another link's token to it (V25)
        Optional<String> loginId = link.loginIdAmong(signIn.user().loginIds());
        if (loginId.isEmpty()) {
            LOG.log(Level.WARNING, "A link's token was of another user than its state; nobody is signed in");
            signedInSession.revoke(signIn.tokens().refreshJwt());
            String reference = journal.note(request, Kind.REFUSED, Reason.OTHER_USER, "");
            our.writer().write(request, response, our.pages().linkNoLongerValid(our.signInPath(request), reference));
            return;
        }
        // (5b) the application has its say before anything changes
        VerifiedSignIn verified = new VerifiedSignIn(signIn, loginId.get());
        SignInDecision decision;
        try {
            decision = handler.decide(verified);
        } catch (RuntimeException e) {
            // the application's own code, on the border to ours
            LOG.log(Level.ERROR, "The SignInHandler failed; nobody is signed in", e);
            signedInSession.revoke(signIn.tokens().refreshJwt());
            cannotSignIn(request, response, Reason.APPLICATION_FAILED, "");
            return;
        }
        if (decision.refusal().isPresent()) {
            signedInSession.revoke(signIn.tokens().refreshJwt());
            String reference = journal.note(
                    request,
                    Kind.REFUSED,
                    Reason.REFUSED_BY_APPLICATION,
                    decision.refusal().get());
            our.writer().write(request, response, our.pages().refused(our.signInPath(request), reference));
            return;
        }
        signedIn(request, response, signIn, verified, decision, link);
    }

    private void signedIn(
            HttpServletRequest request,
            HttpServletResponse response,
            SignIn signIn,
            VerifiedSignIn verified,
            SignInDecision decision,
            LinkState link)
            throws IOException {
        // (7) the cookies; a token that does not fit is refused before anything else changes
        RequestIdentity before = RequestIdentity.of(request);
        String earlierRefreshJwt = our.cookies().current(request, SessionCookies.REFRESH);
        try {
            signedInSession.begin(request, response, signIn, verified.loginId(), decision);
        } catch (CookieTooLargeException e) {
            LOG.log(Level.ERROR, e.getMessage());
            signedInSession.revoke(signIn.tokens().refreshJwt());
            cannotSignIn(request, response, Reason.TOKEN_TOO_LARGE, e.getMessage());
            return;
        }
        our.cookies().clear(request, response, SessionCookies.BINDING);
        // (6) what was known of the browser before is not the new session's
        renewHttpSession(request, before, signIn);
        boolean isReplaced = !earlierRefreshJwt.equals(signIn.tokens().refreshJwt());
        if (before.isByCookie() && !earlierRefreshJwt.isEmpty() && isReplaced) {
            signedInSession.revoke(earlierRefreshJwt);
        }
        handler.signedIn(verified, request);
        journal.note(request, Kind.SIGNED_IN, signIn.session().userId());
        // (8) on to where the user wanted to go; the token is gone from the URL
        our.writer().redirect(response, our.redirects().target(link.returnTo()));
    }

    /** The link is spent, and nobody is signed in: to try again means to ask for another. */
    private void cannotSignIn(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException {
        String reference = journal.note(request, Kind.REFUSED, reason, detail);
        our.writer().write(request, response, our.pages().unavailable(our.signInPath(request), reference));
    }

    /** What only this browser has: its binding, or its half of the CSRF pair. */
    private String browser(HttpServletRequest request) {
        String binding = our.cookies().value(request, SessionCookies.BINDING);
        return binding.isEmpty() ? our.cookies().value(request, SessionCookies.CSRF) : binding;
    }

    /** Used, expired and unknown look the same (V11); whoever is signed in already, by the first of two clicks, just goes on. */
    private void refused(HttpServletRequest request, HttpServletResponse response, LinkState link, String errorCode)
            throws IOException {
        String reference = journal.note(request, Kind.REFUSED, Reason.LINK_USED_OR_EXPIRED, errorCode);
        if (RequestIdentity.of(request).principal().isPresent()) {
            our.writer().redirect(response, our.redirects().target(link.returnTo()));
            return;
        }
        noLongerValid(request, response, link, reference);
    }

    /** With a click to have another sent, where the link says to whom; that goes by the same limits and tells as little as the form. */
    private void noLongerValid(
            HttpServletRequest request, HttpServletResponse response, LinkState link, String reference)
            throws IOException {
        String signIn = our.signInPath(request);
        if (link.pending().isEmpty()) {
            our.writer().write(request, response, our.pages().linkNoLongerValid(signIn, reference));
            return;
        }
        PageForm resend = PageForm.to(
                        request.getContextPath() + our.paths().sent(),
                        our.csrf().fieldFor(request, response))
                .with(CheckInboxEndpoint.STATE, link.state());
        String account = Masking.mask(link.pending().get().loginId().value());
        our.writer().write(request, response, our.pages().linkNoLongerValid(resend, account, signIn, reference));
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
        return our.pages().confirmSignIn(redeemForm(request, response, linkToken, state), account, current);
    }

    private PageForm redeemForm(
            HttpServletRequest request, HttpServletResponse response, String linkToken, String state) {
        String action = request.getContextPath() + our.paths().verify() + (state.isEmpty() ? "" : "/" + state);
        return PageForm.to(action, our.csrf().fieldFor(request, response)).with(Endpoint.TOKEN_FIELD, linkToken);
    }

    private LinkState state(HttpServletRequest request, String state) {
        return states.open(state, states.binding(our.cookies().value(request, SessionCookies.BINDING)));
    }

    /** A second click on a link that has done its work: there is nothing left to do. */
    private static boolean isAlreadySignedIn(HttpServletRequest request, LinkState link) {
        return isOfSignedInUser(request, link) && !isStepUp(request, link);
    }

    /** Asked for in this browser after the user signed in: they are to prove once more who they are. */
    private static boolean isStepUp(HttpServletRequest request, LinkState link) {
        return link.sameBrowser()
                && RequestIdentity.of(request)
                        .principal()
                        .flatMap(DescopePrincipal::signedInAt)
                        .filter(at -> link.pending()
                                .filter(pending -> at.isBefore(LinkStates.askedAt(pending)))
                                .isPresent())
                        .isPresent();
    }

    private static boolean isOfSignedInUser(HttpServletRequest request, LinkState link) {
        return RequestIdentity.of(request)
                .principal()
                .flatMap(DescopePrincipal::loginId)
                .filter(current -> link.pending()
                        .filter(pending -> pending.loginId().matches(current))
                        .isPresent())
                .isPresent();
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
