package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.descope4j.DescopeException;
import org.descope4j.RefreshedSession;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;

/**
 * Finds out who sends a request: steps (1) to (3) of the session flow in ARCHITECTURE.md. An explicit credential decides alone; a
 * cookie that is there twice decides nothing; what cannot be told clears no cookie. Thread-safe.
 */
final class SessionReader {
    private static final Logger LOG = System.getLogger(SessionReader.class.getName());

    private final SessionValidator validator;
    private final SessionRefresher refresher;
    private final RefreshesBeside beside;
    private final EarlyRefresh early;
    private final SessionCookies cookies;
    private final BrowserSessions browserSessions;
    private final SignedInSession signedInSession;
    private final RefusedSessions refusals;
    private final SessionsEndedHere endedHere;
    private final UndecidedSessions undecided;
    private final Clock clock;
    private final Repetitions repetitions;
    private final boolean acceptsBearer;
    private final AtomicBoolean isToldOfTwo = new AtomicBoolean();
    private final AtomicBoolean isToldOfUndecided = new AtomicBoolean();
    private final AtomicBoolean isToldOfTooLarge = new AtomicBoolean();

    /** @param acceptsBearer whether who comes with a Bearer token is a user, of whom no {@link SignInHandler} has heard */
    SessionReader(
            SessionValidator validator,
            SessionRefresher refresher,
            RefreshesBeside beside,
            EarlyRefresh early,
            SessionCookies cookies,
            BrowserSessions browserSessions,
            SignedInSession signedInSession,
            RefusedSessions refusals,
            SessionsEndedHere endedHere,
            UndecidedSessions undecided,
            boolean acceptsBearer,
            Clock clock,
            Repetitions repetitions) {
        this.validator = validator;
        this.refresher = refresher;
        this.beside = beside;
        this.early = early;
        this.cookies = cookies;
        this.browserSessions = browserSessions;
        this.signedInSession = signedInSession;
        this.refusals = refusals;
        this.endedHere = endedHere;
        this.undecided = undecided;
        this.clock = clock;
        this.repetitions = repetitions;
        this.acceptsBearer = acceptsBearer;
    }

    /** How much a request that needs a refresh depends on it. */
    enum Wish {
        /** It is refused where nobody can tell who sends it. */
        NEEDS_USER,
        /** It is served to anybody, and waits for Descope a moment at most. */
        NEEDS_NOBODY
    }

    RequestIdentity read(HttpServletRequest request, HttpServletResponse response, Wish wish) {
        cookies.clearOldNames(request, response);
        // (1) Authorization: Bearer, else the cookies
        Authorization authorization = Authorization.of(request);
        return switch (authorization.kind()) {
            case BEARER -> readBearer(authorization.token());
            case REFUSED -> RequestIdentity.BEARER_REFUSED;
            case NOT_OURS -> readCookies(request, response, wish);
        };
    }

    private RequestIdentity readBearer(String sessionJwt) {
        try {
            Session session = validator.validate(sessionJwt);
            if (endedHere.knows(sessionJwt)) {
                LOG.log(Level.DEBUG, "Bearer token refused: its session was ended here");
                return RequestIdentity.BEARER_REFUSED;
            }
            if (!acceptsBearer) {
                tellOfUndecided();
                return RequestIdentity.BEARER_REFUSED;
            }
            return RequestIdentity.byBearer(signedInSession.bearer(session));
        } catch (InvalidSessionException e) {
            LOG.log(Level.DEBUG, "Bearer token refused: {0}", e.reason().name());
            return RequestIdentity.BEARER_REFUSED;
        } catch (KeysUnavailableException e) {
            tellOfUnknown(e);
            return RequestIdentity.CANNOT_TELL;
        }
    }

    /** Once, since every request of such a program has one. */
    private void tellOfUndecided() {
        LOG.log(
                isToldOfUndecided.getAndSet(true) ? Level.DEBUG : Level.WARNING,
                "A genuine Bearer token was refused: a SignInHandler decides who signs in to this application, and it was not asked"
                        + " about the token''s user. Set {0}=true to accept such tokens, with the roles of Descope alone. Later ones"
                        + " are told at DEBUG",
                SettingKey.BEARER_SKIPS_SIGN_IN_HANDLER.key());
    }

    private RequestIdentity readCookies(HttpServletRequest request, HttpServletResponse response, Wish wish) {
        BrowserSession sent = browserSessions.of(request);
        if (sent.isEmpty()) {
            return RequestIdentity.WITHOUT_COOKIES;
        }
        if (sent.isDisputed()) {
            return disputed("came twice with different values");
        }
        if (endedHere.knows(sent)) {
            return endedHere(request, response, sent);
        }
        try {
            return readCookies(request, response, sent, wish);
        } catch (EndedHereException e) {
            LOG.log(Level.DEBUG, e.getMessage());
            return RequestIdentity.ANONYMOUS;
        } catch (KeysUnavailableException e) {
            tellOfUnknown(e);
            return cannotTell(sent.refreshJwt());
        }
    }

    /** Signed out here, or gone on as another session, whose cookies may be on their way to the browser (N1). */
    private RequestIdentity endedHere(HttpServletRequest request, HttpServletResponse response, BrowserSession sent) {
        LOG.log(Level.DEBUG, "A session that was ended here signs nobody in");
        return endedHere.isLongAgo(sent) ? signedOut(request, response) : RequestIdentity.ANONYMOUS;
    }

    /** Clears nothing, since one of them may be genuine. Told once, since every request of such a browser has them. */
    private RequestIdentity disputed(String what) {
        LOG.log(
                isToldOfTwo.getAndSet(true) ? Level.DEBUG : Level.WARNING,
                "A session cookie ({0} or {1}) {2}; nobody is signed in by it. Somebody planted one, or"
                        + " another application of this host, at a path above, calls its cookies alike: give one of them a name of its"
                        + " own ({3}). {4}=true keeps planted ones out. Later ones are told at DEBUG",
                cookies.nameOf(SessionCookies.SESSION),
                cookies.nameOf(SessionCookies.REFRESH),
                what,
                SettingKey.COOKIE_SESSION_NAME.key(),
                SettingKey.COOKIE_HOST_PREFIX.key());
        return RequestIdentity.ANONYMOUS;
    }

    /** (2) The session JWT, and (3) the refresh JWT where that is not enough. */
    private RequestIdentity readCookies(
            HttpServletRequest request, HttpServletResponse response, BrowserSession sent, Wish wish) {
        if (sent.sessionJwt().isEmpty()) {
            return readRefresh(request, response, sent, Optional.empty(), wish);
        }
        try {
            Session session = validator.validate(sent.sessionJwt());
            boolean isForeign = !sent.isWhole() && isForeign(sent.refreshJwt(), session);
            if (!sent.mayBelongTo(session.subject()) || (isForeign && sent.isSealed())) {
                LOG.log(Level.DEBUG, "A session cookie of another user than the profile's is left out");
                return readRefresh(request, response, sent, Optional.empty(), wish);
            }
            if (!signedInSession.beganHere(request, session, isForeign)) {
                return notFromHere(request, response);
            }
            if (isForeign) {
                // nobody sealed it, and it must not take over when this session expires
                cookies.clear(request, response, SessionCookies.REFRESH);
            }
            Optional<DescopePrincipal> refreshed =
                    isForeign ? Optional.empty() : refreshedEarly(request, response, sent, session);
            return RequestIdentity.byCookie(
                    refreshed.orElseGet(() -> signedInSession.principal(request, session, isForeign)));
        } catch (InvalidSessionException e) {
            repetitions.log(
                    LOG,
                    e.reason() == Reason.EXPIRED ? Level.DEBUG : Level.INFO,
                    "Session cookie refused: {0}",
                    e.reason().name());
            return readRefresh(request, response, sent, Optional.of(e), wish);
        }
    }

    /** (2b) The session is good whatever comes of this: whether Descope is slow, fails or refuses is not seen by the user. */
    private Optional<DescopePrincipal> refreshedEarly(
            HttpServletRequest request, HttpServletResponse response, BrowserSession sent, Session session) {
        String refreshJwt = sent.refreshJwt();
        if (refreshJwt.isEmpty() || !early.isDue(session, sent.sessionJwt()) || Visit.isPrefetch(request)) {
            return Optional.empty();
        }
        try {
            boolean isToAsk = refreshToken(refreshJwt)
                            .filter(token -> token.isForUserOf(session))
                            .isPresent()
                    && !refusals.knows(request, refreshJwt);
            Optional<RefreshedSession> refreshed = isToAsk ? beside.refreshWithinAMoment(refreshJwt) : Optional.empty();
            return refreshed
                    .filter(next -> next.session().userId().equals(session.userId()))
                    .map(next -> goOn(request, response, next));
        } catch (RefusedByDescopeException e) {
            LOG.log(Level.DEBUG, "Descope refused to refresh a session that is good yet: {0}", e.errorCode());
            if (e.isSessionOver()) {
                noteRefusal(request, response, refreshJwt);
            }
            return Optional.empty();
        } catch (DescopeException | KeysUnavailableException | CookieTooLargeException | TooManyWaitException e) {
            LOG.log(Level.DEBUG, "A session that is good yet could not be refreshed: {0}", e.getMessage());
            return Optional.empty();
        } catch (InvalidSessionException e) {
            repetitions.log(
                    LOG,
                    Level.WARNING,
                    "The answer to the refresh of a session that is good yet is not acceptable: {0}. {1}",
                    e.reason().name(),
                    clocks(e));
            return Optional.empty();
        }
    }

    private DescopePrincipal goOn(
            HttpServletRequest request, HttpServletResponse response, RefreshedSession refreshed) {
        DescopePrincipal user = signedInSession.goOn(request, response, refreshed);
        cookies.tooLarge(SessionCookies.SESSION, refreshed.tokens().sessionJwt())
                .ifPresent(tooLarge -> goOnWithoutSessionCookie(refreshed, tooLarge));
        return user;
    }

    private RequestIdentity readRefresh(
            HttpServletRequest request,
            HttpServletResponse response,
            BrowserSession sent,
            Optional<InvalidSessionException> refusedSession,
            Wish wish) {
        Optional<RefreshToken> refreshToken;
        try {
            refreshToken = refreshToken(sent.refreshJwt());
        } catch (InvalidSessionException e) {
            return tooEarly(sent.refreshJwt(), e);
        }
        if (refreshToken.isEmpty()) {
            return refusedSession.filter(SessionReader::isTooEarly).isPresent()
                    ? tooEarly("", refusedSession.get())
                    : signedOut(request, response);
        }
        boolean isOfTwoUsers = refusedSession
                .filter(session -> session.isAboutAnotherUserThan(refreshToken.get()))
                .isPresent();
        if (!sent.mayBelongTo(refreshToken.get().subject()) || (isOfTwoUsers && !sent.isSealed())) {
            return disputed("is of another user than the rest");
        }
        if (!signedInSession.beganHere(request, refreshToken.get())) {
            return notFromHere(request, response);
        }
        if (Visit.isPrefetch(request)) {
            return RequestIdentity.NOT_ASKED;
        }
        String refreshJwt = sent.refreshJwt();
        // (3b) once that is long ago, Descope is asked once more before anything is cleared
        if (refusals.knows(request, refreshJwt) && !refusals.isLongKnown(request, refreshJwt)) {
            return RequestIdentity.ANONYMOUS;
        }
        // beside a sealed set a session of somebody else was planted, and says nothing about the answer
        return refreshed(request, response, refreshJwt, isOfTwoUsers ? Optional.empty() : refusedSession, wish);
    }

    /** Whether a refresh JWT of somebody else was planted beside a session. */
    private boolean isForeign(String refreshJwt, Session session) {
        try {
            return refreshToken(refreshJwt)
                    .filter(other -> !other.isForUserOf(session))
                    .isPresent();
        } catch (KeysUnavailableException | InvalidSessionException e) {
            // the session is proven whatever that is; there will be another request to look at it
            LOG.log(Level.DEBUG, "A refresh cookie cannot be judged at present");
            return false;
        }
    }

    private RequestIdentity refreshed(
            HttpServletRequest request,
            HttpServletResponse response,
            String refreshJwt,
            Optional<InvalidSessionException> refusedSession,
            Wish wish) {
        try {
            Optional<RefreshedSession> inTime = wish == Wish.NEEDS_USER
                    ? Optional.of(refresher.refresh(refreshJwt))
                    : beside.refreshWithinAMoment(refreshJwt);
            if (inTime.isEmpty()) {
                return cannotTell(refreshJwt);
            }
            RefreshedSession refreshed = inTime.get();
            if (refusedSession
                    .filter(session -> session.isAboutAnotherUserThan(refreshed.session()))
                    .isPresent()) {
                throw InvalidSessionException.wrongSubject();
            }
            DescopePrincipal user = goOn(request, response, refreshed);
            undecided.forget(refreshJwt);
            return RequestIdentity.byCookie(user);
        } catch (RefusedByDescopeException e) {
            if (e.isSessionOver()) {
                LOG.log(Level.DEBUG, "Descope ended a session: {0}", e.errorCode());
                return refused(request, response, refreshJwt);
            }
            // such as a gateway on the way to Descope that is set up wrongly: it would sign everybody out
            repetitions.log(
                    LOG,
                    Level.ERROR,
                    "Descope refused a refresh, HTTP {0} {1}, which does not say that the session is over: nobody is signed out"
                            + " by it. Check descope.project-id, descope.base-url and what stands between this machine and Descope",
                    e.status(),
                    e.errorCode());
            return cannotTell(refreshJwt);
        } catch (DescopeException | TooManyWaitException e) {
            tellOfUnknown(e);
            return cannotTell(refreshJwt);
        } catch (InvalidSessionException e) {
            return answerNotAcceptable(request, response, refreshJwt, e);
        } catch (CookieTooLargeException e) {
            // nothing was written: the user goes on once what is too large is small again
            repetitions.log(LOG, Level.ERROR, "A refreshed session does not fit into cookies: {0}", e.getMessage());
            return cannotTell(refreshJwt);
        }
    }

    /** The browser comes without a session JWT from now on; Descope is not asked at each of its requests. */
    private void goOnWithoutSessionCookie(RefreshedSession refreshed, CookieTooLargeException tooLarge) {
        refresher.keep(refreshed);
        LOG.log(
                isToldOfTooLarge.getAndSet(true) ? Level.DEBUG : Level.WARNING,
                "{0}. The user stays signed in, at the price of a refresh each minute, but could not sign in anew."
                        + " Later ones are told at DEBUG",
                tooLarge.getMessage());
    }

    /** Another node may have newer cookies on their way to the browser: to clear one here may clear the newer one. */
    private RequestIdentity refused(HttpServletRequest request, HttpServletResponse response, String refreshJwt) {
        if (refusals.isLongKnown(request, refreshJwt)) {
            return signedOut(request, response);
        }
        noteRefusal(request, response, refreshJwt);
        return RequestIdentity.ANONYMOUS;
    }

    private void noteRefusal(HttpServletRequest request, HttpServletResponse response, String refreshJwt) {
        response.setHeader("Cache-Control", "no-store");
        refusals.remember(request, response, refreshJwt);
    }

    /** A refresh JWT that is not acceptable here is never sent to Descope (C10). */
    private Optional<RefreshToken> refreshToken(String refreshJwt) {
        if (refreshJwt.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(validator.validateRefresh(refreshJwt));
        } catch (InvalidSessionException e) {
            LOG.log(Level.DEBUG, "Refresh cookie refused: {0}", e.reason().name());
            if (isTooEarly(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isTooEarly(InvalidSessionException refused) {
        return refused.reason() == Reason.NOT_YET_VALID;
    }

    /** A cookie that another machine wrote, whose clock is ahead of this one's: it will be good soon. */
    private RequestIdentity tooEarly(String refreshJwt, InvalidSessionException refused) {
        repetitions.log(
                LOG,
                Level.WARNING,
                "A session cookie begins later than now by this machine''s clock: nobody is signed out by it. {0}",
                clocks(refused));
        return cannotTell(refreshJwt);
    }

    private String clocks(InvalidSessionException refused) {
        return refused.clockDifference()
                .map(difference -> "The clock of this machine says " + clock.instant() + ", and the token's time is "
                        + Math.abs(difference.toSeconds()) + " seconds "
                        + (difference.isNegative() ? "before" : "after") + " that; set the clock by NTP")
                .orElse("");
    }

    private RequestIdentity notFromHere(HttpServletRequest request, HttpServletResponse response) {
        repetitions.log(LOG, Level.INFO, "A session that did not begin here: the application has not decided about it");
        return signedOut(request, response);
    }

    private RequestIdentity signedOut(HttpServletRequest request, HttpServletResponse response) {
        signedInSession.forget(request, response);
        return RequestIdentity.ANONYMOUS;
    }

    /**
     * The answer says nothing about the session: a clock, a key or the service is wrong (N3). But where it is of another user or project
     * than the browser's refresh JWT, the two were mixed, and that is over (C13).
     */
    private RequestIdentity answerNotAcceptable(
            HttpServletRequest request,
            HttpServletResponse response,
            String refreshJwt,
            InvalidSessionException refused) {
        boolean isMixed = refused.reason() == Reason.WRONG_SUBJECT || refused.reason() == Reason.WRONG_ISSUER;
        repetitions.log(
                LOG,
                Level.ERROR,
                "Descope''s answer to a refresh is not acceptable: {0}. {1}",
                refused.reason().name(),
                isMixed ? "That session is over here" : "Nobody is signed out by it. " + clocks(refused));
        return isMixed ? signedOut(request, response) : cannotTell(refreshJwt);
    }

    private void tellOfUnknown(RuntimeException cause) {
        repetitions.log(LOG, Level.WARNING, "Nobody can tell who is signed in: {0}", cause.getMessage());
    }

    private RequestIdentity cannotTell(String refreshJwt) {
        return !refreshJwt.isEmpty() && undecided.isForLong(refreshJwt)
                ? RequestIdentity.CANNOT_TELL_FOR_LONG
                : RequestIdentity.CANNOT_TELL;
    }
}
