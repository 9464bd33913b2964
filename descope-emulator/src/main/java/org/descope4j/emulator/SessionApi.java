package org.descope4j.emulator;

/** Refresh, logout and me: prolongs sessions and ends them. */
final class SessionApi {
    private final Project project;
    private final Credentials credentials;
    private final Users users;
    private final Sessions sessions;
    private final SessionAnswers answers;

    SessionApi(Project project, Credentials credentials, Users users, Sessions sessions, SessionAnswers answers) {
        this.project = project;
        this.credentials = credentials;
        this.users = users;
        this.sessions = sessions;
        this.answers = answers;
    }

    void addTo(Router router) {
        router.post("/v1/auth/refresh", this::refresh)
                .post("/v1/auth/logout", this::logout)
                .post("/v1/auth/logoutall", this::logoutAll)
                .get("/v1/auth/me", this::me);
    }

    private Response refresh(Request request) {
        Session session = credentials.requireSession(request);
        User user = users.require(session.userId());
        if (!project.rotatesRefreshTokens()) {
            return answers.refreshed(session, user);
        }
        Session successor = sessions.renew(session).orElseThrow(Refusal::loggedOut);
        return answers.signedIn(successor.withoutStepUp(), user, false);
    }

    private Response logout(Request request) {
        sessions.end(credentials.requireSession(request).id());
        return answers.signedOut();
    }

    private Response logoutAll(Request request) {
        sessions.endAllOf(credentials.requireSession(request).userId());
        return answers.signedOut();
    }

    private Response me(Request request) {
        return Response.json(
                UserJson.of(users.require(credentials.requireSession(request).userId())));
    }
}
