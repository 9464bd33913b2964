package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.descope4j.DescopeException;
import org.descope4j.RefreshedSession;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.Sessions;
import org.descope4j.SignIn;
import org.descope4j.Tokens;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;

/** A session in the browser's cookies: begins, goes on and ends here, so that the three cookies never disagree. Thread-safe. */
final class SignedInSession {
    private static final Logger LOG = System.getLogger(SignedInSession.class.getName());

    private static final int SIGN_IN_ID_BYTES = 16;

    private final SessionValidator validator;
    private final Sessions sessions;
    private final SessionCookies cookies;
    private final BrowserSessions browserSessions;
    private final Clock clock;
    private final Seal profileSeal;
    private final RoleMap roleMap;
    private final boolean isDecidedByApplication;
    private final HttpSessionOwner httpSessionOwner;
    private final SessionsEndedHere endedHere;
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
            SessionsEndedHere endedHere,
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
        this.endedHere = endedHere;
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
                        newSignInId(),
                        signIn.user(),
                        signIn.loginId(),
                        clock.instant())
                .with(decision.account(), decision.roles());
        cookies.requireFits(SessionCookies.SESSION, signIn.tokens().sessionJwt());
        return prepared(session, signIn.tokens(), profile);
    }

    /** Distinct among all sign-ins. */
    private String newSignInId() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(profileSeal.randomBytes(SIGN_IN_ID_BYTES));
    }

    /**
     * Writes the cookies of a sign-in, or of a changed address. What the browser had gives way to it: it signs nobody in here any more, and where it was the session
     * of a user, Descope hears of its end.
     *
     * @param before who was signed in so far
     */
    void begin(HttpServletRequest request, HttpServletResponse response, Prepared prepared, RequestIdentity before) {
        List<String> earlier = endEarlier(request, prepared.tokens());
        write(request, response, prepared);
        if (before.isByCookie()) {
            earlier.forEach(this::revoke);
        }
    }

    private List<String> endEarlier(HttpServletRequest request, Tokens next) {
        // of two clicks on one link the second comes with what the first one wrote
        boolean isReplaced = !browserSessions.refreshJwt(request).equals(next.refreshJwt());
        return isReplaced
                ? endedHere.end(request).stream()
                        .filter(refreshJwt -> !refreshJwt.equals(next.refreshJwt()))
                        .toList()
                : List.of();
    }

    /**
     * Writes the cookies of a refreshed session and returns its user. Where the session JWT has become too large for a cookie, that one is
     * cleared, and the user goes on by the refresh JWT alone; a browser that has that already is written nothing, so that no late answer
     * undoes a sign-out or what another node wrote.
     *
     * @throws CookieTooLargeException for another cookie, before any is written
     * @throws EndedHereException if the session was ended meanwhile, before any is written
     */
    DescopePrincipal goOn(HttpServletRequest request, HttpServletResponse response, RefreshedSession refreshed) {
        BrowserSession sent = browserSessions.of(request);
        endedHere.requireGoesOn(sent, refreshed.tokens());
        String subject = refreshed.session().subject();
        List<String> loginIds = refreshed.user().loginIds();
        Profile before = profileOf(request, subject);
        String loginId = loginIds.isEmpty() || loginIds.contains(before.loginId()) ? before.loginId() : loginIds.get(0);
        String signInId = before.signInId().isEmpty() ? newSignInId() : before.signInId();
        Profile profile = Profile.of(
                        subject,
                        refreshed.tokens().refreshJwt(),
                        signInId,
                        refreshed.user(),
                        loginId,
                        before.signedInAt())
                .with(before.account(), before.roles());
        if (!hasAllThatFits(sent, refreshed.tokens())) {
            write(request, response, prepared(refreshed.session(), refreshed.tokens(), profile));
        }
        endedHere.noteReplaced(sent, refreshed.tokens(), signInId);
        return new VerifiedPrincipal(refreshed.session(), profile, roleMap);
    }

    private boolean hasAllThatFits(BrowserSession sent, Tokens tokens) {
        return cookies.tooLarge(SessionCookies.SESSION, tokens.sessionJwt()).isPresent()
                && sent.sessionJwt().isEmpty()
                && sent.refreshJwt().equals(tokens.refreshJwt());
    }

    /**
     * Prepares the cookies of the same user whose address changed: what the application decided stays, and so does the time of the sign-in. Where
     * the session JWT is too large for a cookie, the user goes on by the refresh JWT alone: the address is changed already.
     *
     * @param earlierSubject of the session so far: where a JWT template makes the address the subject, that has changed too
     * @param loginId what the user is called from now on
     * @throws CookieTooLargeException for another cookie
     * @throws EndedHereException if the session was ended meanwhile
     */
    Prepared prepareRenewal(HttpServletRequest request, SignIn signIn, String earlierSubject, String loginId) {
        Session session = signIn.session();
        endedHere.requireGoesOn(browserSessions.of(request), signIn.tokens());
        Profile before = profileOf(request, earlierSubject);
        Profile profile = Profile.of(
                        session.subject(),
                        signIn.tokens().refreshJwt(),
                        newSignInId(),
                        signIn.user(),
                        loginId,
                        before.signedInAt())
                .with(before.account(), before.roles());
        return prepared(session, signIn.tokens(), profile);
    }

    /**
     * Writes the same cookies once more, for a browser that may have dropped the answer with them.
     *
     * @throws EndedHereException if that session was ended meanwhile
     */
    void repeat(HttpServletRequest request, HttpServletResponse response, Prepared prepared) {
        endedHere.requireGoesOn(prepared.tokens());
        write(request, response, prepared);
    }

    /** Whether this browser goes on having cookies of a session after this request, whatever they are worth. */
    boolean isKept(HttpServletRequest request) {
        BrowserSession sent = browserSessions.of(request);
        boolean isCleared = cookies.written(request, SessionCookies.REFRESH)
                .filter(String::isEmpty)
                .isPresent();
        return (sent.isDisputed() || !sent.isEmpty()) && !isCleared;
    }

    /** Whether this browser's session was ended while the request waited for something. */
    boolean isEndedMeanwhile(HttpServletRequest request) {
        return endedHere.knows(browserSessions.of(request));
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

    /** Ends all sessions of the user, on every device, as far as Descope hears of it. */
    HeardByDescope endEverywhere(HttpServletRequest request, HttpServletResponse response) {
        return end(request, response, sessions::logoutAll);
    }

    /** The same once more, for a browser whose session has ended. */
    HeardByDescope endEverywhere(List<String> refreshJwts) {
        return atDescope(refreshJwts, sessions::logoutAll);
    }

    /**
     * What Descope heard of it.
     *
     * @param isHeard whether it has ended the sessions
     * @param unheard the refresh JWTs by which it can be asked again; none where that is of no use
     */
    record HeardByDescope(boolean isHeard, List<String> unheard) {
        /** Holds secrets. */
        @Override
        public String toString() {
            return "HeardByDescope[isHeard=" + isHeard + "]";
        }
    }

    private HeardByDescope end(HttpServletRequest request, HttpServletResponse response, Consumer<String> call) {
        httpSessionOwner.end(request);
        HeardByDescope heard = atDescope(endedHere.end(request), call);
        forget(request, response);
        RequestIdentity.ANONYMOUS.rememberIn(request);
        return heard;
    }

    private HeardByDescope atDescope(List<String> refreshJwts, Consumer<String> call) {
        boolean isHeard = !refreshJwts.isEmpty();
        List<String> unheard = new ArrayList<>();
        for (String refreshJwt : refreshJwts) {
            Hearing hearing = hearing(refreshJwt, call);
            isHeard &= hearing == Hearing.HEARD;
            if (hearing == Hearing.UNHEARD) {
                unheard.add(refreshJwt);
            }
        }
        return new HeardByDescope(isHeard, unheard);
    }

    /** A session that began a moment ago is taken back: it signs nobody in here, and Descope is told. */
    void takeBack(Tokens tokens) {
        endedHere.end(tokens);
        revoke(tokens.refreshJwt());
    }

    /** Tells Descope that a refresh JWT is no longer to be honoured. What is already decided here does not wait for its yes. */
    void revoke(String refreshJwt) {
        Hearing unused = hearing(refreshJwt, sessions::logout);
    }

    private enum Hearing {
        HEARD,
        /** It said no. */
        REFUSED,
        /** Another try may be heard. */
        UNHEARD
    }

    private Hearing hearing(String refreshJwt, Consumer<String> call) {
        try {
            call.accept(refreshJwt);
            return Hearing.HEARD;
        } catch (RefusedByDescopeException | IllegalArgumentException e) {
            tellOfUnheard(e);
            return Hearing.REFUSED;
        } catch (DescopeException e) {
            tellOfUnheard(e);
            return Hearing.UNHEARD;
        }
    }

    private void tellOfUnheard(RuntimeException e) {
        repetitions.log(LOG, Level.WARNING, "A session ended here but maybe not at Descope: {0}", e.getMessage());
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
