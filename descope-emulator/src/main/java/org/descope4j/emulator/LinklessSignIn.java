package org.descope4j.emulator;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Signs users in without a link, for tests that are about something else. */
final class LinklessSignIn {
    private final ProjectSettings project;
    private final Users users;
    private final Roles roles;
    private final Sessions sessions;
    private final TokenIssuer issuer;

    LinklessSignIn(ProjectSettings project, Users users, Roles roles, Sessions sessions, TokenIssuer issuer) {
        this.project = project;
        this.users = users;
        this.roles = roles;
        this.sessions = sessions;
        this.issuer = issuer;
    }

    SignedIn by(String text) {
        LoginId loginId = LoginId.of(text);
        if (loginId.isBlank()) {
            throw new IllegalArgumentException("A login ID must not be blank");
        }
        DeliveryMethod method = loginId.isPhone() ? DeliveryMethod.SMS : DeliveryMethod.EMAIL;
        User user = users.noteSignIn(userOf(loginId).id(), known -> known.signedInBy(method))
                .user();
        Session session = sessions.start(
                new SessionTerms(user.id(), List.of(method.wireName()), JsonValue.EMPTY_JSON_OBJECT, "", false));
        String sessionJwt = issuer.sessionJwt(session, user, issuer.sessionJwtExpiry(session));
        return new SignedIn(user.id(), sessionJwt, issuer.refreshJwt(session));
    }

    private User userOf(LoginId loginId) {
        Optional<User> known = users.find(loginId);
        return known.or(() -> users.register(newUser(loginId)))
                .or(() -> users.find(loginId))
                .orElseThrow(Refusal::userNotFound);
    }

    private NewUser newUser(LoginId loginId) {
        return NewUser.builder(loginId.value())
                .roles(roles.namesForNewUsers(project))
                .build();
    }
}
