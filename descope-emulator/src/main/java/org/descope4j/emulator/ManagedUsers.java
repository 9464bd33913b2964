package org.descope4j.emulator;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a project's owner does to users. Whoever is deleted or disabled is signed out. */
final class ManagedUsers {
    private final Users users;
    private final Sessions sessions;
    private final ManagedUserFields fields;

    ManagedUsers(Users users, Sessions sessions) {
        this.users = users;
        this.sessions = sessions;
        this.fields = new ManagedUserFields(users.tenants());
    }

    /** The user whom a body names by login ID or user ID. */
    User named(Body body) {
        return find(body.text("userId").or(() -> loginId(body))).orElseThrow(Refusal::managedUserNotFound);
    }

    /** The user whom a query names by login ID or user ID. */
    User named(Request request) {
        return find(request.parameter("userId")
                        .or(() -> request.parameter("loginId"))
                        .or(() -> request.parameter("loginid")))
                .orElseThrow(Refusal::managedUserNotFound);
    }

    Users users() {
        return users;
    }

    User create(Body body) {
        return users.register(profile(body).build()).orElseThrow(Refusal::userExists);
    }

    /** A test user who is there already is answered as they are. */
    User createTestUser(Body body) {
        NewUser profile = profile(body).testUser().build();
        return users.register(profile)
                .or(() -> users.find(profile.loginIds().get(0))
                        .filter(user -> user.profile().isTest()))
                .orElseThrow(Refusal::userExists);
    }

    /** Everything that the body does not say is reset, but for the login IDs and whether it is a test user. */
    User update(Body body) {
        User user = named(body);
        return change(user, former -> fields.apply(body, former.onlyIdentified()));
    }

    User patch(Body body) {
        User user = named(body);
        User patched = change(user, former -> fields.apply(body, former.toBuilder()));
        return body.text("status")
                .map(status -> setStatus(patched, UserStatus.of(status)))
                .orElse(patched);
    }

    User change(User user, Function<NewUser, NewUser.Builder> change) {
        return users.change(
                        user.id(),
                        former -> former.with(change.apply(former.profile()).build()))
                .orElseThrow(Refusal::userExists);
    }

    User setStatus(User user, UserStatus status) {
        User changed = users.change(user.id(), former -> former.with(status)).orElseThrow(Refusal::userExists);
        if (status == UserStatus.DISABLED) {
            sessions.endAllOf(user.id());
        }
        return changed;
    }

    void signOut(User user) {
        sessions.endAllOf(user.id());
    }

    void delete(User user) {
        users.delete(user.id());
        sessions.endAllOf(user.id());
    }

    void deleteTestUsers() {
        users.deleteTestUsers().forEach(sessions::endAllOf);
    }

    private NewUser.Builder profile(Body body) {
        String loginId = loginId(body)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.missingArgument("The field loginId is required"));
        return fields.apply(body, NewUser.builder(loginId));
    }

    private Optional<User> find(Optional<String> id) {
        return id.filter(text -> !text.isBlank()).flatMap(users::findByEither);
    }

    private static Optional<String> loginId(Body body) {
        return Stream.of("loginId", "identifier")
                .flatMap(name -> body.text(name).stream())
                .findFirst();
    }
}
