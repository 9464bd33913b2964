package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Verify, refresh, logout and me: begins sessions, prolongs them and ends them. */
final class SessionApi {
    private static final String NO_REFRESH_JWT = "";

    private final Project project;
    private final Users users;
    private final Links links;
    private final Sessions sessions;
    private final TokenIssuer issuer;
    private final Clock clock;

    SessionApi(Project project, Users users, Links links, Sessions sessions, TokenIssuer issuer, Clock clock) {
        this.project = project;
        this.users = users;
        this.links = links;
        this.sessions = sessions;
        this.issuer = issuer;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.post("/v1/auth/magiclink/verify", this::verify)
                .post("/v1/auth/refresh", this::refresh)
                .post("/v1/auth/logout", this::logout)
                .post("/v1/auth/logoutall", this::logoutAll)
                .get("/v1/auth/me", this::me);
    }

    private Response verify(Request request) {
        Authorization.of(request).requireProject(project);
        String token = Body.of(request)
                .text("token")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.missingArgument("The field token is required"));
        Link link = links.redeem(token).orElseThrow(Refusal::linkNotLoaded);
        User before = users.noteSignIn(link.userId(), link.method()).orElseThrow(Refusal::userNotFound);
        if (link.revokesOtherSessions()) {
            sessions.endAllOf(link.userId());
        }
        Session session = newSession(link.userId(), link.method(), link.customClaims());
        sessions.start(session);
        User user = before.signedInBy(link.method());
        return Response.json(answer(session, user, issuer.refreshJwt(session), !before.hasSignedIn()));
    }

    private Response refresh(Request request) {
        Session session = session(request);
        User user = user(session);
        if (!project.rotatesRefreshTokens()) {
            return Response.json(answer(session, user, NO_REFRESH_JWT, false));
        }
        Session successor = newSession(session.userId(), session.method(), session.customClaims());
        if (!sessions.replace(session, successor)) {
            throw Refusal.loggedOut();
        }
        return Response.json(answer(successor, user, issuer.refreshJwt(successor), false));
    }

    private Response logout(Request request) {
        sessions.end(session(request).id());
        return Response.json(SignInJson.signedOut());
    }

    private Response logoutAll(Request request) {
        sessions.endAllOf(session(request).userId());
        return Response.json(SignInJson.signedOut());
    }

    private Response me(Request request) {
        return Response.json(UserJson.of(user(session(request))));
    }

    private Session session(Request request) {
        String refreshJwt = Authorization.of(request).requireProject(project).requireToken();
        Body.of(request);
        return sessions.find(issuer.sessionIdOf(refreshJwt)).orElseThrow(Refusal::loggedOut);
    }

    private User user(Session session) {
        return users.findById(session.userId()).orElseThrow(Refusal::userNotFound);
    }

    /** Ends at a whole second, as the {@code exp} of its refresh JWT does. */
    private Session newSession(String userId, DeliveryMethod method, JsonObject customClaims) {
        Instant end = clock.instant().plus(project.refreshLifetime()).truncatedTo(ChronoUnit.SECONDS);
        return new Session(RandomText.id("R2"), userId, method, customClaims, end);
    }

    private JsonObject answer(Session session, User user, String refreshJwt, boolean isFirstSeen) {
        Instant sessionJwtExpiry = issuer.sessionJwtExpiry(session);
        return SignInJson.of(new SignInJson.Content(
                issuer.sessionJwt(session, user, sessionJwtExpiry),
                refreshJwt,
                user,
                isFirstSeen,
                clock.instant(),
                sessionJwtExpiry,
                session.expiresAt()));
    }
}
