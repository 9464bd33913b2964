package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.Sessions;
import org.descope4j.User;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;

/**
 * Step (5a) of a click on a link: where no page named the account before the click, since the link's state says nothing, one names it now,
 * and a second click signs in. Otherwise an attacker's own link, with its state cut off, would sign its reader in as the attacker (N5).
 * Thread-safe.
 *
 * <p>Until then nothing is written but the page: the JWTs wait in it, sealed, bound to this browser's half of the CSRF pair, for a minute.
 * Those that are declined or come too late are revoked.
 */
final class SecondClick {
    /** The sealed sign-in. */
    static final String FIELD = "signIn";
    /** There when the user says that it is not theirs. */
    static final String DECLINE = "decline";

    private static final Logger LOG = System.getLogger(SecondClick.class.getName());
    /** To read one name takes no longer; the session JWTs of a project live for three minutes or more. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Two JWTs that fit into cookies, all the rest, sealed in base64: half of what any server takes as a form. */
    private static final int LONGEST_FIELD = 32_768;

    private final SessionValidator validator;
    private final Sessions sessions;
    private final LinkJudge judge;
    private final SignInConclusion conclusion;
    private final SpentLink spentLink;
    private final SignedInSession signedInSession;
    private final Seal seal;
    private final Clock clock;
    private final Journal journal;
    private final Endpoint our;

    SecondClick(
            SessionValidator validator,
            Sessions sessions,
            LinkJudge judge,
            SignInConclusion conclusion,
            SpentLink spentLink,
            SignedInSession signedInSession,
            ApplicationSeals seals,
            Clock clock,
            Journal journal,
            Endpoint our) {
        this.validator = validator;
        this.sessions = sessions;
        this.judge = judge;
        this.conclusion = conclusion;
        this.spentLink = spentLink;
        this.signedInSession = signedInSession;
        this.seal = seals.forPurpose("unconfirmed sign-in");
        this.clock = clock;
        this.journal = journal;
        this.our = our;
    }

    /** Names the account, and asks. */
    void ask(HttpServletRequest request, HttpServletResponse response, ProvenSignIn proven, String returnTo)
            throws IOException {
        UnconfirmedSignIn unconfirmed = new UnconfirmedSignIn(
                our.csrf().cookieFor(request, response),
                clock.instant().plus(PATIENCE),
                proven.tokens(),
                proven.isFirst(),
                proven.loginId(),
                returnTo);
        String current = RequestIdentity.of(request)
                .principal()
                .map(DescopePrincipal::displayName)
                .orElse("");
        PageForm form = form(request, response, seal.seal(unconfirmed.toBytes()));
        our.writer().write(request, response, our.pages().confirmAccount(form, proven.loginId(), current));
    }

    /** Whether a POST is the answer to that. */
    boolean isAnswered(HttpServletRequest request) {
        return request.getParameterValues(FIELD) != null;
    }

    /** To be called for a POST with a CSRF pair. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String sealed = our.single(request, FIELD, LONGEST_FIELD);
        List<String> browser = our.cookies().csrf(request);
        Optional<UnconfirmedSignIn> opened = seal.open(sealed)
                .flatMap(UnconfirmedSignIn::fromBytes)
                .filter(unconfirmed -> browser.contains(unconfirmed.browser()));
        if (opened.isEmpty()) {
            String reference = journal.note(request, Kind.REFUSED, Reason.LINK_DAMAGED, "");
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), reference));
            return;
        }
        UnconfirmedSignIn unconfirmed = opened.get();
        if (request.getParameterValues(DECLINE) != null) {
            signedInSession.revoke(unconfirmed.tokens().refreshJwt());
            String reference = journal.note(request, Kind.REFUSED, Reason.DECLINED_BY_USER, "");
            our.writer()
                    .write(
                            request,
                            response,
                            our.pages().declined(our.redirects().defaultPage(), reference));
            return;
        }
        if (!clock.instant().isBefore(unconfirmed.until())) {
            signedInSession.revoke(unconfirmed.tokens().refreshJwt());
            tooLate(request, response, "");
            return;
        }
        confirmed(request, response, unconfirmed, sealed);
    }

    private void confirmed(
            HttpServletRequest request, HttpServletResponse response, UnconfirmedSignIn unconfirmed, String sealed)
            throws IOException {
        LinkVerdict verdict;
        try {
            verdict = judge.decide(proven(unconfirmed));
        } catch (RefusedByDescopeException e) {
            // declined or signed out meanwhile, in another tab
            tooLate(request, response, e.errorCode());
            return;
        } catch (InvalidSessionException e) {
            LOG.log(
                    Level.WARNING,
                    "A session was not acceptable when its user confirmed it: {0}",
                    e.reason().name());
            signedInSession.revoke(unconfirmed.tokens().refreshJwt());
            tooLate(request, response, "");
            return;
        } catch (RateLimitedException e) {
            String reference = journal.note(request, Kind.LIMITED, Reason.TOO_MANY_AT_DESCOPE, "");
            our.tooManyRequests(request, response, e.retryAfter(), reference);
            return;
        } catch (DescopeUnavailableException | KeysUnavailableException | TooManyWaitException e) {
            LOG.log(Level.WARNING, "A confirmed sign-in could not be completed: {0}", e.getMessage());
            String reference = journal.note(request, Kind.REFUSED, Reason.DESCOPE_UNAVAILABLE, "");
            our.writer().write(request, response, our.pages().unavailable(form(request, response, sealed), reference));
            return;
        }
        conclusion.conclude(request, response, verdict, unconfirmed.returnTo());
    }

    /** The same once more: what is sealed are the JWTs, and Descope says whose they are and whether they still count. */
    private ProvenSignIn proven(UnconfirmedSignIn unconfirmed) {
        String refreshJwt = unconfirmed.tokens().refreshJwt();
        Session session = validator.validate(unconfirmed.tokens().sessionJwt());
        User user = sessions.me(refreshJwt);
        boolean isWhomThePageNamed = user.id().equals(session.userId())
                && validator.validateRefresh(refreshJwt).isForUserOf(session)
                && user.loginIds().contains(unconfirmed.loginId());
        if (!isWhomThePageNamed) {
            throw InvalidSessionException.wrongSubject();
        }
        return new ProvenSignIn(session, unconfirmed.tokens(), user, unconfirmed.isFirst(), unconfirmed.loginId());
    }

    private void tooLate(HttpServletRequest request, HttpServletResponse response, String detail) throws IOException {
        String reference = journal.note(request, Kind.REFUSED, Reason.CONFIRMED_TOO_LATE, detail);
        spentLink.show(request, response, LinkState.UNKNOWN, reference);
    }

    private PageForm form(HttpServletRequest request, HttpServletResponse response, String sealed) {
        return PageForm.to(
                        request.getContextPath() + our.paths().verify(),
                        our.csrf().fieldFor(request, response))
                .with(FIELD, sealed);
    }
}
