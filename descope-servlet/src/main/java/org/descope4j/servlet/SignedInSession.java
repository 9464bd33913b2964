package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.descope4j.DescopeException;
import org.descope4j.RefreshedSession;
import org.descope4j.Sessions;
import org.descope4j.SignIn;
import org.descope4j.Tokens;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;

/** A session in the browser's cookies: begins, goes on and ends here, so that the three cookies never disagree. Thread-safe. */
final class SignedInSession {
    private static final Logger LOG = System.getLogger(SignedInSession.class.getName());

    private final SessionValidator validator;
    private final Sessions sessions;
    private final SessionCookies cookies;
    private final BrowserSessions browserSessions;
    private final Clock clock;
    private final Seal profileSeal;
    private final RoleMap roleMap;
    private final boolean isDecidedByApplication;
    private final HttpSessionOwner httpSessionOwner;
    private final Repetitions repetitions;

    /** @param isDecidedByApplication whether a session is none without the application's decision in its profile */
    SignedInSession(
            SessionValidator validator,
            Sessions sessions,
            SessionCookies cookies,
            BrowserSessions browserSessions,
            Clock clock,
            Seal profileSeal,
            RoleMap roleMap,
            boolean isDecidedByApplication,
            HttpSessionOwner httpSessionOwner,
            Repetitions repetitions) {
        this.validator = validator;
        this.sessions = sessions;
        this.cookies = cookies;
        this.browserSessions = browserSessions;
        this.clock = clock;
        this.profileSeal = profileSeal;
        this.roleMap = roleMap;
        this.isDecidedByApplication = isDecidedByApplication;
        this.httpSessionOwner = httpSessionOwner;
        this.repetitions = repetitions;
    }

    /**
     * The cookies of a session, ready to be written: whatever can be wrong with them was found out before.
     *
     * @param sealedProfile fits into a cookie, as the JWTs do
     * @param user whose session it is
     */
    record Prepared(
            Session session, Tokens tokens, String sealedProfile, Instant refreshableUntil, DescopePrincipal user) {
        /** Holds secrets. */
        @Override
        public String toString() {
            return "Prepared[redacted]";
        }
    }

    /**
     * Prepares the cookies of a sign-in.
     *
     * @throws CookieTooLargeException if one does not fit
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable any more
     * @throws org.descope4j.session.KeysUnavailableException if nobody can judge it
     */
    Prepared prepare(ProvenSignIn signIn, SignInDecision decision) {
        Session session = signIn.session();
        Profile profile = Profile.of(
                        session.subject(),
                        signIn.tokens().refreshJwt(),
                        signIn.user(),
                        signIn.loginId(),
                        clock.instant())
                .with(decision.account(), decision.roles());
        cookies.requireFits(SessionCookies.SESSION, signIn.tokens().sessionJwt());
        return prepared(session, signIn.tokens(), profile);
    }

    /** Writes the cookies of a sign-in. */
    void begin(HttpServletRequest request, HttpServletResponse response, Prepared prepared) {
        write(request, response, prepared);
    }

    /**
     * Writes the cookies of a refreshed session and returns its user. Where the session JWT has become too large for a cookie, that one is
     * cleared, and the user goes on by the refresh JWT alone; a browser that has that already is written nothing, so that no late answer
     * undoes a sign-out or what another node wrote.
     *
     * @throws CookieTooLargeException for another cookie, before any is written
     */
    DescopePrincipal goOn(HttpServletRequest request, HttpServletResponse response, RefreshedSession refreshed) {
        String subject = refreshed.session().subject();
        List<String> loginIds = refreshed.user().loginIds();
        Profile before = profileOf(request, subject);
        String loginId = loginIds.isEmpty() || loginIds.contains(before.loginId()) ? before.loginId() : loginIds.get(0);
        Profile profile = Profile.of(
                        subject, refreshed.tokens().refreshJwt(), refreshed.user(), loginId, before.signedInAt())
                .with(before.account(), before.roles());
        if (!hasAllThatFits(request, refreshed.tokens())) {
            write(request, response, prepared(refreshed.session(), refreshed.tokens(), profile));
        }
        return new VerifiedPrincipal(refreshed.session(), profile, roleMap);
    }

    private boolean hasAllThatFits(HttpServletRequest request, Tokens tokens) {
        BrowserSession sent = browserSessions.of(request);
        return cookies.tooLarge(SessionCookies.SESSION, tokens.sessionJwt()).isPresent()
                && sent.sessionJwt().isEmpty()
                && sent.refreshJwt().equals(tokens.refreshJwt());
    }

    /**
     * Writes the cookies of the same user whose address changed: what the application decided stays, and so does the time of the sign-in.
     * Where the session JWT is too large for a cookie, the user goes on by the refresh JWT alone: the address is changed already.
     *
     * @param earlierSubject of the session so far: where a JWT template makes the address the subject, that has changed too
     * @param loginId what the user is called from now on
     * @throws CookieTooLargeException for another cookie, before any is written
     */
    void renew(
            HttpServletRequest request,
            HttpServletResponse response,
            SignIn signIn,
            String earlierSubject,
            String loginId) {
        Session session = signIn.session();
        Profile before = profileOf(request, earlierSubject);
        Profile profile = Profile.of(
                        session.subject(), signIn.tokens().refreshJwt(), signIn.user(), loginId, before.signedInAt())
                .with(before.account(), before.roles());
        write(request, response, prepared(session, signIn.tokens(), profile));
    }

    /** Whether a user of this browser proved who they are at most so long ago; where nobody can tell, they did not. */
    boolean isFresh(HttpServletRequest request, String subject, Duration atMost) {
        return !clock.instant().isAfter(profileOf(request, subject).signedInAt().plus(atMost));
    }

    /**
     * Whether a session in cookies began here. Where the application decides about sign-ins, tokens of its project that somebody got
     * elsewhere and put into cookies by hand have not been decided about.
     *
     * @param besideForeign whether the refresh JWT beside it is another user's; the profile, which belongs to that, says nothing then
     */
    boolean beganHere(HttpServletRequest request, Session session, boolean besideForeign) {
        return !isDecidedByApplication || (!besideForeign && isDecided(request, session.subject()));
    }

    /** The same for a refresh JWT alone. */
    boolean beganHere(HttpServletRequest request, RefreshToken refreshToken) {
        return !isDecidedByApplication || isDecided(request, refreshToken.subject());
    }

    private boolean isDecided(HttpServletRequest request, String subject) {
        return !profileOf(request, subject).refreshMark().isEmpty();
    }

    /**
     * The user of a valid session cookie.
     *
     * @param besideForeign as in {@link #beganHere(HttpServletRequest, Session, boolean)}
     */
    DescopePrincipal principal(HttpServletRequest request, Session session, boolean besideForeign) {
        String subject = session.subject();
        Profile profile = besideForeign ? Profile.unknown(subject) : profileOf(request, subject);
        return new VerifiedPrincipal(session, profile, roleMap);
    }

    /** The user of a Bearer token, about whom no cookie says anything. */
    DescopePrincipal bearer(Session session) {
        return new VerifiedPrincipal(session, Profile.unknown(session.subject()), roleMap);
    }

    RoleMap roleMap() {
        return roleMap;
    }

    /** Clears the cookies of this browser, whose session is over; Descope is not asked. */
    void forget(HttpServletRequest request, HttpServletResponse response) {
        httpSessionOwner.endForNobody(request);
        response.setHeader("Cache-Control", "no-store");
        cookies.clear(request, response, SessionCookies.SESSION);
        cookies.clear(request, response, SessionCookies.REFRESH);
        cookies.clear(request, response, SessionCookies.PROFILE);
    }

    /** Ends the session of this browser here and, if it can be reached, at Descope. */
    void end(HttpServletRequest request, HttpServletResponse response) {
        end(request, response, sessions::logout);
    }

    /** Ends all sessions of the user, on every device. */
    void endEverywhere(HttpServletRequest request, HttpServletResponse response) {
        end(request, response, sessions::logoutAll);
    }

    private void end(HttpServletRequest request, HttpServletResponse response, Consumer<String> atDescope) {
        httpSessionOwner.end(request);
        browserSessions.refreshJwtsToEnd(request).forEach(refreshJwt -> revoke(refreshJwt, atDescope));
        forget(request, response);
        RequestIdentity.ANONYMOUS.rememberIn(request);
    }

    /** Tells Descope that a refresh JWT is no longer to be honoured. What is already decided here does not wait for its yes. */
    void revoke(String refreshJwt) {
        revoke(refreshJwt, sessions::logout);
    }

    private void revoke(String refreshJwt, Consumer<String> atDescope) {
        try {
            atDescope.accept(refreshJwt);
        } catch (DescopeException | IllegalArgumentException e) {
            repetitions.log(LOG, Level.WARNING, "A session ended here but maybe not at Descope: {0}", e.getMessage());
        }
    }

    private Prepared prepared(Session session, Tokens tokens, Profile profile) {
        RefreshToken refreshToken = validator.validateRefresh(tokens.refreshJwt());
        boolean hasSessionCookie =
                cookies.tooLarge(SessionCookies.SESSION, tokens.sessionJwt()).isEmpty();
        String sealed =
                profileSeal.seal((hasSessionCookie ? profile.writtenWith(tokens.sessionJwt()) : profile).toBytes());
        cookies.requireFits(SessionCookies.REFRESH, tokens.refreshJwt());
        cookies.requireFits(SessionCookies.PROFILE, sealed);
        DescopePrincipal user = new VerifiedPrincipal(session, profile, roleMap);
        return new Prepared(session, tokens, sealed, refreshToken.expiresAt(), user);
    }

    private void write(HttpServletRequest request, HttpServletResponse response, Prepared prepared) {
        Tokens tokens = prepared.tokens();
        response.setHeader("Cache-Control", "no-store");
        if (!cookies.values(request, SessionCookies.ENDED).isEmpty()) {
            cookies.clear(request, response, SessionCookies.ENDED);
        }
        if (cookies.tooLarge(SessionCookies.SESSION, tokens.sessionJwt()).isPresent()) {
            cookies.clear(request, response, SessionCookies.SESSION);
        } else {
            cookies.write(
                    request,
                    response,
                    SessionCookies.SESSION,
                    tokens.sessionJwt(),
                    prepared.session().expiresAt());
        }
        Instant until = prepared.refreshableUntil();
        cookies.write(request, response, SessionCookies.REFRESH, tokens.refreshJwt(), until);
        cookies.write(request, response, SessionCookies.PROFILE, prepared.sealedProfile(), until);
    }

    private Profile profileOf(HttpServletRequest request, String subject) {
        return browserSessions.of(request).profileOf(subject);
    }
}
