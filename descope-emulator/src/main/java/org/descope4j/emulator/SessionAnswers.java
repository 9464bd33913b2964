package org.descope4j.emulator;

import java.time.Clock;
import java.time.Instant;

/** Answers that hand out the JWTs of a session. */
final class SessionAnswers {
    private static final String NO_REFRESH_JWT = "";

    private final TokenCookies cookies;
    private final TokenIssuer issuer;
    private final UserJson userJson;
    private final Clock clock;

    SessionAnswers(TokenCookies cookies, TokenIssuer issuer, UserJson userJson, Clock clock) {
        this.cookies = cookies;
        this.issuer = issuer;
        this.userJson = userJson;
        this.clock = clock;
    }

    /** Both JWTs of a session that has just begun. */
    SignInJson.Content begun(Session session, User user, boolean isFirstSeen) {
        return content(session, user, issuer.refreshJwt(session), isFirstSeen);
    }

    /** A new session JWT alone. */
    SignInJson.Content prolonged(Session session, User user) {
        return content(session.withoutStepUp(), user, NO_REFRESH_JWT, false);
    }

    Response full(SignInJson.Content content) {
        return cookies.answer(SignInJson.of(content, cookies));
    }

    /** The answer to whoever only tries: it has no fields about the user. */
    Response withoutUser(SignInJson.Content content) {
        return cookies.answer(SignInJson.withoutUser(SignInJson.of(content, cookies)));
    }

    Response signedOut() {
        return cookies.signedOut(SignInJson.signedOut(cookies));
    }

    Response nothingToRefresh() {
        return cookies.answer(SignInJson.withoutUser(SignInJson.signedOut(cookies)));
    }

    private SignInJson.Content content(Session session, User user, String refreshJwt, boolean isFirstSeen) {
        Instant sessionJwtExpiry = issuer.sessionJwtExpiry(session);
        return new SignInJson.Content(
                issuer.sessionJwt(session, user, sessionJwtExpiry),
                refreshJwt,
                userJson.of(user),
                isFirstSeen,
                clock.instant(),
                sessionJwtExpiry,
                session.expiresAt());
    }
}
