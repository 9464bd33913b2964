package org.descope4j.emulator;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The users of the emulated project. Safe for use by several threads. */
public final class Users {
    private final Map<String, User> byId = new LinkedHashMap<>();
    private final Map<LoginId, String> idsByLoginId = new HashMap<>();
    private final Clock clock;

    Users(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds a user who can sign in from now on.
     *
     * @param user the user to be
     * @return the new user's ID, the {@code sub} of the JWTs to come
     * @throws IllegalStateException when another user has one of the login IDs
     */
    public String add(NewUser user) {
        return register(Objects.requireNonNull(user, "user"))
                .orElseThrow(() -> new IllegalStateException("A user with that login ID is there already"))
                .id();
    }

    /** Adds a user, unless one of the login IDs is taken. */
    synchronized Optional<User> register(NewUser profile) {
        if (profile.loginIds().stream().anyMatch(idsByLoginId::containsKey)) {
            return Optional.empty();
        }
        User user = User.created(RandomText.id("U2"), profile, clock.instant());
        byId.put(user.id(), user);
        profile.loginIds().forEach(loginId -> idsByLoginId.put(loginId, user.id()));
        return Optional.of(user);
    }

    synchronized Optional<User> find(LoginId loginId) {
        return Optional.ofNullable(idsByLoginId.get(loginId)).map(byId::get);
    }

    synchronized Optional<User> findById(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Notes that the user redeemed a link, and answers the user as they were before. */
    synchronized Optional<User> noteSignIn(String id, DeliveryMethod method) {
        return Optional.ofNullable(byId.get(id)).map(before -> {
            byId.put(id, before.signedInBy(method));
            return before;
        });
    }

    synchronized List<User> all() {
        return List.copyOf(byId.values());
    }

    synchronized void clear() {
        byId.clear();
        idsByLoginId.clear();
    }
}
