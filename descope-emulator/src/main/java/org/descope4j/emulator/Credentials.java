package org.descope4j.emulator;

import java.util.Optional;

/** Judges what callers put into the Authorization header. */
final class Credentials {
    private final ProjectSettings project;
    private final Sessions sessions;
    private final TokenIssuer issuer;

    Credentials(ProjectSettings project, Sessions sessions, TokenIssuer issuer) {
        this.project = project;
        this.sessions = sessions;
        this.issuer = issuer;
    }

    /** The caller's token, if there is one, after the project was found to be ours. */
    Optional<String> token(Request request) {
        return requireProject(request).token();
    }

    Authorization requireProject(Request request) {
        Authorization authorization = Authorization.of(request);
        requireProjectId(authorization.projectId());
        ManagementKeys keys = project.keys();
        return keys.demandsAuthManagement() ? authorization.withoutLast(keys::isAuthManagement) : authorization;
    }

    /** Lets only the project's owner through. */
    void requireManager(Request request) {
        Authorization authorization = Authorization.of(request);
        requireProjectId(authorization.projectId());
        if (authorization.token().filter(project.keys()::isManagement).isEmpty()) {
            throw Refusal.unmanaged("Authorization must hold the management key after the project ID");
        }
    }

    /** The body of a request, if the project's owner sent it. */
    Body managersBody(Request request) {
        requireManager(request);
        return Body.of(request);
    }

    void requireProjectId(String id) {
        if (!id.equals(project.id())) {
            throw Refusal.unknownProject(id);
        }
    }

    /** The session whose refresh JWT the caller has. */
    Session requireSession(Request request) {
        String refreshJwt = token(request)
                .orElseThrow(
                        () -> Refusal.invalidToken("Authorization must hold the refresh token after the project ID"));
        Body.of(request);
        return sessions.find(issuer.sessionIdOf(refreshJwt)).orElseThrow(Refusal::loggedOut);
    }
}
