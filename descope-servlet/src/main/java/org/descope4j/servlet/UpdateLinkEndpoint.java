package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.SignIn;
import org.descope4j.User;
import org.descope4j.servlet.SignInEvent.AddressChange;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.session.InvalidSessionException;

/**
 * Where links to a new address lead. It changes the address of the user who is signed in and asked for it, and nobody else's: the user
 * before is the user after (V17). Thread-safe.
 */
final class UpdateLinkEndpoint {
    private static final Logger LOG = System.getLogger(UpdateLinkEndpoint.class.getName());

    private static final int BYTES_OF_SESSION = 16_000;

    private final LinkRedeemer redeemer;
    private final UpdateStates states;
    private final SignedInSession signedInSession;
    private final ShortMemory<SignedInSession.Prepared> changed;
    private final Journal journal;
    private final Repetitions repetitions;
    private final Endpoint our;

    UpdateLinkEndpoint(
            LinkRedeemer redeemer,
            UpdateStates states,
            SignedInSession signedInSession,
            Sweeper sweeper,
            Journal journal,
            Repetitions repetitions,
            Endpoint our) {
        this.redeemer = redeemer;
        this.states = states;
        this.signedInSession = signedInSession;
        this.changed = new ShortMemory<>(
                LinkRedeemer.KEPT_AFTER_SUCCESS, ShortMemory.spareBytes(), prepared -> BYTES_OF_SESSION, sweeper);
        this.journal = journal;
        this.repetitions = repetitions;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        switch (request.getMethod()) {
            case "HEAD" -> our.writer().writeNothing(response, HttpServletResponse.SC_OK);
            case "GET" -> open(request, response, state);
            case "POST" -> tryAgain(request, response, state);
            default -> our.refuseMethod(response, "GET, HEAD, POST");
        }
    }

    /** Reached by redirect, so that the token is gone from the URL. */
    void serveDone(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<DescopePrincipal> user = RequestIdentity.of(request).principal();
        if (user.isEmpty()) {
            our.writer().redirect(response, our.signInPath(request));
            return;
        }
        String name = user.get().loginId().orElseGet(user.get()::displayName);
        our.writer()
                .write(
                        request,
                        response,
                        our.pages().updateDone(name, our.redirects().defaultPage()));
    }

    private void open(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        Visit visit = Visit.of(request);
        if (visit == Visit.PREFETCH || visit == Visit.PART) {
            our.refuseVisit(response, visit);
            return;
        }
        redeem(request, response, state);
    }

    /** From our own page, where Descope could not be asked. */
    private void tryAgain(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response, journal.note(request, Kind.REFUSED, Reason.FORGED_FORM, ""));
            return;
        }
        redeem(request, response, state);
    }

    private void redeem(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        String linkToken = our.linkToken(request);
        if (linkToken.isEmpty()) {
            String reference = journal.note(request, Kind.REFUSED, Reason.LINK_DAMAGED, "");
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), reference));
            return;
        }
        if (isRepeated(request, response, linkToken)) {
            return;
        }
        RequestIdentity identity = RequestIdentity.of(request);
        Optional<DescopePrincipal> user = identity.principal().filter(any -> identity.isByCookie());
        Optional<DeliveryMethod> deliveryMethod =
                user.flatMap(current -> states.open(state, current.session().userId()));
        if (user.isEmpty() || deliveryMethod.isEmpty()) {
            String reference = journal.note(request, Kind.REFUSED, Reason.NOT_SIGNED_IN_HERE, "");
            String form = our.signInPath(request);
            our.writer().write(request, response, our.pages().updateElsewhere(form, reference));
            return;
        }
        Click click = new Click(linkToken, state, user.get(), deliveryMethod.get());
        boolean isOpened = "GET".equals(request.getMethod());
        if (isOpened && Visit.of(request) == Visit.HANDED_ON) {
            String name = user.get().loginId().orElseGet(user.get()::displayName);
            our.writer()
                    .write(
                            request,
                            response,
                            our.pages().confirmSignIn(form(request, response, click), Masking.mask(name), ""));
            return;
        }
        redeem(request, response, click);
    }

    /** A link in the browser of its user. */
    private record Click(String linkToken, String state, DescopePrincipal user, DeliveryMethod deliveryMethod) {
        /** Holds a secret: never in a log. */
        @Override
        public String toString() {
            return "Click[" + deliveryMethod + "]";
        }
    }

    private void redeem(HttpServletRequest request, HttpServletResponse response, Click click) throws IOException {
        SignIn signIn;
        try {
            signIn = redeemer.redeem(
                    click.linkToken(), our.browserSessions().of(request).refreshJwt());
        } catch (RefusedByDescopeException e) {
            String reference = journal.note(request, Kind.REFUSED, Reason.LINK_USED_OR_EXPIRED, e.errorCode());
            our.writer()
                    .write(
                            request,
                            response,
                            our.pages().linkNoLongerValid(path(request, ""), StillSignedIn.NOBODY, reference));
            return;
        } catch (RateLimitedException e) {
            String reference = journal.note(request, Kind.LIMITED, Reason.TOO_MANY_AT_DESCOPE, "");
            our.tooManyRequests(request, response, e.retryAfter(), reference);
            return;
        } catch (DescopeUnavailableException | TooManyWaitException e) {
            repetitions.log(LOG, Level.WARNING, "An address could not be changed: {0}", e.getMessage());
            String reference = journal.note(request, Kind.REFUSED, Reason.DESCOPE_UNAVAILABLE, "");
            our.writer().write(request, response, our.pages().unavailable(form(request, response, click), reference));
            return;
        } catch (InvalidSessionException e) {
            LOG.log(
                    Level.ERROR,
                    "Descope answered with a JWT that is not acceptable for this project: {0}",
                    e.getMessage());
            notChanged(request, response, Reason.ANSWER_NOT_ACCEPTABLE, "");
            return;
        }
        redeemed(request, response, click, signIn);
    }

    private PageForm form(HttpServletRequest request, HttpServletResponse response, Click click) {
        return PageForm.to(path(request, "/" + click.state()), our.csrf().fieldFor(request, response))
                .with(Endpoint.TOKEN_FIELD, click.linkToken());
    }

    private void redeemed(HttpServletRequest request, HttpServletResponse response, Click click, SignIn signIn)
            throws IOException {
        if (!signIn.session().userId().equals(click.user().session().userId())) {
            LOG.log(Level.WARNING, "A link to change an address was of another user; nobody's session changes");
            signedInSession.revoke(signIn.tokens().refreshJwt());
            String reference = journal.note(request, Kind.REFUSED, Reason.OTHER_USER, "");
            our.writer()
                    .write(
                            request,
                            response,
                            our.pages().linkNoLongerValid(path(request, ""), StillSignedIn.NOBODY, reference));
            return;
        }
        String before = click.user().loginId().orElse("");
        String after = addressOf(signIn.user(), click.deliveryMethod()).orElse("");
        try {
            String earlierSubject = click.user().session().subject();
            SignedInSession.Prepared prepared = signedInSession.prepareRenewal(
                    request, signIn, earlierSubject, nameAfter(signIn.user(), before, after));
            // before the session so far ends: a second click that comes with it finds this one
            clickOf(request, click.linkToken()).ifPresent(same -> changed.put(same, prepared));
            signedInSession.begin(request, response, prepared, RequestIdentity.of(request));
        } catch (CookieTooLargeException e) {
            LOG.log(Level.ERROR, e.getMessage());
            signedInSession.revoke(signIn.tokens().refreshJwt());
            notChanged(request, response, Reason.TOKEN_TOO_LARGE, e.getMessage());
            return;
        } catch (EndedHereException e) {
            if (!isRepeated(request, response, click.linkToken())) {
                signedOutMeanwhile(request, response, signIn);
            }
            return;
        }
        journal.noteChange(request, signIn.session().userId(), new AddressChange(before, after));
        our.writer().redirect(response, request.getContextPath() + our.paths().updateDone());
    }

    /**
     * The second of two quick clicks, whose first one the browser may have dropped with the cookies in it: the session that it came with has
     * ended by then.
     */
    private boolean isRepeated(HttpServletRequest request, HttpServletResponse response, String linkToken)
            throws IOException {
        Optional<SignedInSession.Prepared> first = clickOf(request, linkToken).flatMap(changed::find);
        if (first.isEmpty()) {
            return false;
        }
        try {
            signedInSession.repeat(request, response, first.get());
        } catch (EndedHereException e) {
            return false;
        }
        our.writer().redirect(response, request.getContextPath() + our.paths().updateDone());
        return true;
    }

    /** The same for the same link in the same browser; empty for one without a refresh JWT, which any other could be. */
    private Optional<String> clickOf(HttpServletRequest request, String linkToken) {
        return Optional.of(our.browserSessions().of(request).refreshJwt())
                .filter(refreshJwt -> !refreshJwt.isEmpty())
                .map(refreshJwt -> Fingerprint.of(linkToken + ' ' + refreshJwt));
    }

    /** In another tab, while Descope was asked: the address has changed, and nobody is signed in by that (N2). */
    private void signedOutMeanwhile(HttpServletRequest request, HttpServletResponse response, SignIn signIn)
            throws IOException {
        signedInSession.takeBack(signIn.tokens());
        journal.note(request, Kind.REFUSED, Reason.NOT_SIGNED_IN_HERE, "");
        our.writer().redirect(response, our.signInPath(request));
    }

    private static Optional<String> addressOf(User user, DeliveryMethod deliveryMethod) {
        return deliveryMethod == DeliveryMethod.EMAIL ? user.email() : user.phone();
    }

    /** The new address, where the user can sign in with it. */
    private static String nameAfter(User user, String before, String after) {
        return user.loginIds().contains(after) ? after : before;
    }

    private void notChanged(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException {
        String reference = journal.note(request, Kind.REFUSED, reason, detail);
        our.writer().write(request, response, our.pages().unavailable(path(request, ""), reference));
    }

    private String path(HttpServletRequest request, String below) {
        return request.getContextPath() + our.paths().update() + below;
    }
}
