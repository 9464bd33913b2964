package org.descope4j.emulator;

import java.time.Clock;
import java.time.Instant;

/** Answers that hand out the JWTs of a session. */
final class SessionAnswers {
    private static final String NO_REFRESH_JWT = "";

    private final TokenIssuer issuer;
    private final Clock clock;

    SessionAnswers(TokenIssuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Both JWTs of a session that has just begun. */
    Response signedIn(Session session, User user, boolean isFirstSeen) {
        return answer(session, user, issuer.refreshJwt(session), isFirstSeen);
    }

    /** A new session JWT alone. */
    Response refreshed(Session session, User user) {
        return answer(session.withoutStepUp(), user, NO_REFRESH_JWT, false);
    }

    Response signedOut() {
        return Response.json(SignInJson.signedOut());
    }

    private Response answer(Session session, User user, String refreshJwt, boolean isFirstSeen) {
        Instant sessionJwtExpiry = issuer.sessionJwtExpiry(session);
        return Response.json(SignInJson.of(new SignInJson.Content(
                issuer.sessionJwt(session, user, sessionJwtExpiry),
                refreshJwt,
                user,
                isFirstSeen,
                clock.instant(),
                sessionJwtExpiry,
                session.expiresAt())));
    }
}
