package org.descope4j.emulator;

/** Refresh, tenant selection and logout: prolongs sessions and ends them. */
final class SessionApi {
    private final ProjectSettings project;
    private final Credentials credentials;
    private final Users users;
    private final Sessions sessions;
    private final SessionAnswers answers;

    SessionApi(
            ProjectSettings project, Credentials credentials, Users users, Sessions sessions, SessionAnswers answers) {
        this.project = project;
        this.credentials = credentials;
        this.users = users;
        this.sessions = sessions;
        this.answers = answers;
    }

    void addTo(Router router) {
        router.post("/v1/auth/refresh", this::refresh)
                .post("/v1/auth/try-refresh", this::tryRefresh)
                .post("/v1/auth/tenant/select", this::selectTenant)
                .post("/v1/auth/logout", this::logout)
                .post("/v1/auth/logoutall", this::logoutAll);
    }

    private Response refresh(Request request) {
        return answers.full(prolong(credentials.requireSession(request)));
    }

    private Response tryRefresh(Request request) {
        credentials.requireProject(request);
        try {
            return answers.withoutUser(prolong(credentials.requireSession(request)));
        } catch (Refusal nothingToRefresh) {
            // whoever tries is told so by empty tokens, not by an error
            return answers.nothingToRefresh();
        }
    }

    private SignInJson.Content prolong(Session session) {
        User user = users.require(session.userId());
        if (!project.rotatesRefreshTokens()) {
            return answers.prolonged(session, user);
        }
        Session successor = sessions.renew(session).orElseThrow(Refusal::loggedOut);
        return answers.begun(successor.withoutStepUp(), user, false);
    }

    private Response selectTenant(Request request) {
        Session session = credentials.requireSession(request);
        String tenantId = Body.of(request)
                .text("tenant")
                .filter(id -> !id.isBlank())
                .orElseThrow(() -> Refusal.missingArgument("The field tenant is required"));
        User user = users.require(session.userId());
        user.profile().grants().requireMembership(tenantId);
        Session selected = sessions.start(session.terms().withoutStepUp().inTenant(tenantId));
        return answers.full(answers.begun(selected, user, false));
    }

    private Response logout(Request request) {
        sessions.end(credentials.requireSession(request).id());
        return answers.signedOut();
    }

    private Response logoutAll(Request request) {
        sessions.endAllOf(credentials.requireSession(request).userId());
        return answers.signedOut();
    }
}
