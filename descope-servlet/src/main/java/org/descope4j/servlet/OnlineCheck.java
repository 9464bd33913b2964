package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.descope4j.DescopeException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.Sessions;
import org.descope4j.User;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.session.KeysUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Descope, on chosen paths, whether a session still is one: a session JWT lives on for minutes after its session was ended
 * elsewhere (C22). Thread-safe.
 */
final class OnlineCheck {
    private static final Logger LOG = System.getLogger(OnlineCheck.class.getName());

    private final List<PathPattern> paths;
    private final Sessions sessions;
    private final BrowserSessions browserSessions;
    private final SignedInSession signedInSession;
    private final RefusedSessions refused;
    private final KeptAnswers<User> answers;
    private final Repetitions repetitions;

    OnlineCheck(
            List<PathPattern> paths,
            Sessions sessions,
            BrowserSessions browserSessions,
            SignedInSession signedInSession,
            RefusedSessions refused,
            Clock clock,
            SharedWait wait,
            Sweeper sweeper,
            Repetitions repetitions) {
        this.paths = paths;
        this.sessions = sessions;
        this.browserSessions = browserSessions;
        this.signedInSession = signedInSession;
        this.refused = refused;
        this.repetitions = repetitions;
        // the requests of one page share an answer, and no later one gets it
        this.answers = new KeptAnswers<>(clock, Duration.ZERO, Duration.ZERO, user -> 0, wait, sweeper);
    }

    boolean isFor(HttpServletRequest request) {
        return PathPattern.anyMatches(paths, request);
    }

    /** Who it is, once Descope agreed. */
    RequestIdentity confirmed(RequestIdentity identity, HttpServletRequest request, HttpServletResponse response) {
        if (identity.kind() != RequestIdentity.Kind.SIGNED_IN) {
            return identity;
        }
        String refreshJwt = browserSessions.refreshJwt(request);
        if (!identity.isByCookie() || refreshJwt.isEmpty()) {
            LOG.log(
                    Level.DEBUG,
                    "Nobody can ask Descope about a session without its refresh JWT; refused on this path");
            return RequestIdentity.UNCONFIRMED;
        }
        try {
            User user = answers.ask(refreshJwt, () -> sessions.me(refreshJwt));
            if (!isThatOf(identity, user)) {
                throw InvalidSessionException.wrongSubject();
            }
            return identity;
        } catch (RefusedByDescopeException e) {
            return e.isSessionOver()
                    ? refused(request, response, refreshJwt)
                    : cannotTell("Descope refused a question, HTTP " + e.status() + " " + e.errorCode());
        } catch (InvalidSessionException e) {
            return notAcceptable(request, response, e);
        } catch (DescopeException | KeysUnavailableException | TooManyWaitException e) {
            return cannotTell(e.getMessage());
        }
    }

    /** Another request may have refreshed the session meanwhile, and its newer cookies be on their way: they are not to be cleared. */
    private RequestIdentity refused(HttpServletRequest request, HttpServletResponse response, String refreshJwt) {
        repetitions.log(LOG, Level.INFO, "A session was ended elsewhere");
        if (refused.isLongKnown(request, refreshJwt)) {
            signedInSession.forget(request, response);
            return RequestIdentity.ANONYMOUS;
        }
        if (!refused.knows(request, refreshJwt)) {
            response.setHeader("Cache-Control", "no-store");
            refused.remember(request, response, refreshJwt);
        }
        return RequestIdentity.UNCONFIRMED;
    }

    private RequestIdentity notAcceptable(
            HttpServletRequest request, HttpServletResponse response, InvalidSessionException e) {
        if (e.reason() == Reason.NOT_YET_VALID) {
            return cannotTell(e.getMessage());
        }
        repetitions.log(
                LOG,
                Level.INFO,
                "The refresh JWT beside a session cannot confirm it: {0}",
                e.reason().name());
        if (e.reason() == Reason.EXPIRED) {
            return RequestIdentity.UNCONFIRMED;
        }
        signedInSession.forget(request, response);
        return RequestIdentity.ANONYMOUS;
    }

    private RequestIdentity cannotTell(@Nullable String why) {
        repetitions.log(LOG, Level.WARNING, "Nobody can tell whether a session still is one: {0}", why);
        return RequestIdentity.CANNOT_TELL;
    }

    private static boolean isThatOf(RequestIdentity identity, User user) {
        return identity.principal()
                .filter(principal -> user.id().isEmpty()
                        || user.id().equals(principal.session().userId()))
                .isPresent();
    }
}
