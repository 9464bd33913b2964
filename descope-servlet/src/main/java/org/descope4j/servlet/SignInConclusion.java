package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;

/**
 * Steps (6) to (8) of a click on a link: signs its user in, wholly or not at all, or says why not. Thread-safe.
 */
final class SignInConclusion {
    private static final Logger LOG = System.getLogger(SignInConclusion.class.getName());

    private final SignInHandler handler;
    private final SignedInSession signedInSession;
    private final HttpSessionOwner httpSessionOwner;
    private final SpentLink spentLink;
    private final Journal journal;
    private final Endpoint our;

    SignInConclusion(
            SignInHandler handler,
            SignedInSession signedInSession,
            HttpSessionOwner httpSessionOwner,
            SpentLink spentLink,
            Journal journal,
            Endpoint our) {
        this.handler = handler;
        this.signedInSession = signedInSession;
        this.httpSessionOwner = httpSessionOwner;
        this.spentLink = spentLink;
        this.journal = journal;
        this.our = our;
    }

    /** @param returnTo where the user wanted to go; empty for the default page */
    void conclude(HttpServletRequest request, HttpServletResponse response, LinkVerdict verdict, String returnTo)
            throws IOException {
        switch (verdict.kind()) {
            case ACCEPTED -> {
                // one after the other: where the first of two clicks fails, the second has to find its session gone
                synchronized (verdict) {
                    signIn(request, response, verdict, returnTo);
                }
            }
            case OTHER_USER -> {
                String reference = journal.note(request, Kind.REFUSED, Reason.OTHER_USER, "");
                spentLink.show(request, response, LinkState.UNKNOWN, reference);
            }
            case REFUSED -> {
                String reason = verdict.decision().refusal().orElse("");
                String reference = journal.note(request, Kind.REFUSED, Reason.REFUSED_BY_APPLICATION, reason);
                our.writer().write(request, response, our.pages().refused(our.signInPath(request), reference));
            }
            case FAILED -> cannotSignIn(request, response, Reason.APPLICATION_FAILED, "");
            case UNCONFIRMED -> throw new IllegalStateException("The user has not been asked yet");
        }
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response, LinkVerdict verdict, String returnTo)
            throws IOException {
        ProvenSignIn proven = verdict.proven();
        RequestIdentity before = RequestIdentity.of(request);
        if (isSignedOutMeanwhile(request, before, verdict)) {
            signedInSession.takeBack(proven.tokens());
            String reference = journal.note(request, Kind.REFUSED, Reason.NOT_SIGNED_IN_HERE, "");
            spentLink.show(request, response, LinkState.UNKNOWN, reference);
            return;
        }
        SignedInSession.Prepared prepared;
        try {
            // (6) a token that does not fit, or that nobody can judge any more, is refused before anything changes
            prepared = signedInSession.prepare(proven, verdict.decision());
        } catch (CookieTooLargeException e) {
            LOG.log(Level.ERROR, e.getMessage());
            takeBack(request, response, verdict, Reason.TOKEN_TOO_LARGE, e.getMessage());
            return;
        } catch (InvalidSessionException | KeysUnavailableException e) {
            LOG.log(Level.ERROR, "A session could not be judged any more when it was to begin: {0}", e.getMessage());
            takeBack(request, response, verdict, Reason.ANSWER_NOT_ACCEPTABLE, "");
            return;
        }
        try {
            // (6a) what was known of the browser before is not the new session's
            String userId = proven.session().userId();
            // listeners of the application hear of it
            ApplicationCode.tell("An HttpSession listener", () -> httpSessionOwner.begin(request, before, userId));
            // an HttpSession that the application makes now is not that of whoever was signed in before
            RequestIdentity.byCookie(prepared.user()).rememberIn(request);
            // (6b) the application fills the HttpSession; until it is done, nobody is signed in
            VerifiedSignIn verified = new VerifiedSignIn(proven);
            ApplicationCode.tell("SignInHandler.signedIn", () -> handler.signedIn(verified, request));
        } catch (ApplicationCode.FailedException e) {
            before.rememberIn(request);
            httpSessionOwner.end(request);
            takeBack(request, response, verdict, Reason.APPLICATION_FAILED, "");
            return;
        }
        httpSessionOwner.claim(request, prepared.user(), true);
        // (7) the cookies; nothing can fail from here on
        signedInSession.begin(request, response, prepared, before);
        our.binding().forget(request, response);
        if (verdict.isFirstToTell()) {
            journal.note(request, Kind.SIGNED_IN, proven.session().userId());
        }
        // (8) on to where the user wanted to go; the token is gone from the URL
        our.writer().redirect(response, our.redirects().target(returnTo));
    }

    /**
     * Whether the user, who was to prove once more who they are, signed out in this browser while Descope was asked (N2). Where another click
     * on the same link was first, that one ended the session so far.
     */
    private boolean isSignedOutMeanwhile(HttpServletRequest request, RequestIdentity before, LinkVerdict verdict) {
        String userId = verdict.proven().session().userId();
        return before.isByCookie()
                && before.principal()
                        .filter(user -> user.session().userId().equals(userId))
                        .isPresent()
                && !verdict.isTold()
                && signedInSession.isEndedMeanwhile(request);
    }

    /** Nobody is signed in by this link: not here, not at Descope, and not by another click that came first. */
    private void takeBack(
            HttpServletRequest request, HttpServletResponse response, LinkVerdict verdict, Reason reason, String detail)
            throws IOException {
        signedInSession.takeBack(verdict.proven().tokens());
        if (verdict.isTold()) {
            signedInSession.forget(request, response);
        }
        cannotSignIn(request, response, reason, detail);
    }

    /** The link is spent, and nobody is signed in: to try again means to ask for another. */
    private void cannotSignIn(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException {
        String reference = journal.note(request, Kind.REFUSED, reason, detail);
        our.writer().write(request, response, our.pages().unavailable(our.signInPath(request), reference));
    }
}
