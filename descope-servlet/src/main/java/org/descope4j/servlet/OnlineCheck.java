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
import org.descope4j.session.KeysUnavailableException;

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
    private final SingleFlight<User> flights;
    private final Repetitions repetitions;

    OnlineCheck(
            List<PathPattern> paths,
            Sessions sessions,
            BrowserSessions browserSessions,
            SignedInSession signedInSession,
            Clock clock,
            Repetitions repetitions) {
        this.paths = paths;
        this.sessions = sessions;
        this.browserSessions = browserSessions;
        this.signedInSession = signedInSession;
        this.repetitions = repetitions;
        // the requests of one page share an answer, and no later one gets it
        this.flights = new SingleFlight<>(clock, Duration.ZERO, Duration.ZERO);
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
            return RequestIdentity.ANONYMOUS;
        }
        try {
            User user = flights.ask(refreshJwt, () -> sessions.me(refreshJwt));
            if (!isThatOf(identity, user)) {
                throw InvalidSessionException.wrongSubject();
            }
            return identity;
        } catch (RefusedByDescopeException | InvalidSessionException e) {
            repetitions.log(
                    LOG,
                    Level.INFO,
                    "A session was ended elsewhere, or Descope knows its refresh JWT as another user's");
            signedInSession.forget(request, response);
            return RequestIdentity.ANONYMOUS;
        } catch (DescopeException | KeysUnavailableException e) {
            repetitions.log(LOG, Level.WARNING, "Nobody can tell whether a session still is one: {0}", e.getMessage());
            return RequestIdentity.CANNOT_TELL;
        }
    }

    private static boolean isThatOf(RequestIdentity identity, User user) {
        return identity.principal()
                .filter(principal -> user.id().isEmpty()
                        || user.id().equals(principal.session().userId()))
                .isPresent();
    }
}
