package org.descope4j.emulator;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The users of the emulated project. Safe for use by several threads. */
public final class Users {
    private final Map<String, User> byId = new LinkedHashMap<>();
    private final Map<LoginId, String> idsByLoginId = new HashMap<>();
    private final Clock clock;
    private final Tenants tenants;

    Users(Clock clock, Tenants tenants) {
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * Adds a user who can sign in from now on.
     *
     * @param user the user to be
     * @return the new user's ID, the {@code sub} of the JWTs to come
     * @throws IllegalStateException when another user has one of the login IDs or the user ID
     */
    public String add(NewUser user) {
        return register(Objects.requireNonNull(user, "user"))
                .orElseThrow(() -> new IllegalStateException("A user with that login ID or user ID is there already"))
                .id();
    }

    Tenants tenants() {
        return tenants;
    }

    /** Adds a user, unless one of the login IDs or the user ID is taken. */
    synchronized Optional<User> register(NewUser profile) {
        if (profile.loginIds().stream().anyMatch(idsByLoginId::containsKey)) {
            return Optional.empty();
        }
        String id = profile.userId().orElseGet(() -> RandomText.id("U2"));
        if (byId.containsKey(id)) {
            return Optional.empty();
        }
        tenants.addAll(profile.grants().tenants());
        return Optional.of(put(User.created(id, profile, clock.instant())));
    }

    synchronized Optional<User> find(LoginId loginId) {
        return Optional.ofNullable(idsByLoginId.get(loginId)).map(byId::get);
    }

    synchronized Optional<User> findById(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A user by ID or by login ID, as management calls take both in one field. */
    synchronized Optional<User> findByEither(String id) {
        return findById(id).or(() -> find(LoginId.of(id)));
    }

    /** Puts a user's successor in their place; absent when another user has one of its login IDs. */
    synchronized Optional<User> change(String id, UnaryOperator<User> change) {
        User former = require(id);
        User successor = change.apply(former);
        boolean isTaken = successor.profile().loginIds().stream()
                .anyMatch(loginId -> !idsByLoginId.getOrDefault(loginId, id).equals(id));
        if (isTaken) {
            return Optional.empty();
        }
        tenants.addAll(successor.profile().grants().tenants());
        former.profile().loginIds().forEach(idsByLoginId::remove);
        return Optional.of(put(successor));
    }

    synchronized void delete(String id) {
        findById(id).ifPresent(this::remove);
    }

    User require(String id) {
        return findById(id).orElseThrow(Refusal::userNotFound);
    }

    /** Notes that the user redeemed a link. */
    synchronized Arrival noteSignIn(String id, UnaryOperator<User> signIn) {
        User before = require(id);
        if (!before.isEnabled()) {
            throw Refusal.userDisabled();
        }
        return Arrival.of(put(signIn.apply(before)), !before.hasSignedIn());
    }

    /** Refuses a change that would have to merge two users although the caller wants none merged. */
    synchronized void requirePossible(AddressChange change) {
        if (change.failsOnConflict() && conflicting(change).isPresent()) {
            throw Refusal.updateConflict();
        }
    }

    /** Sets a user's new address. When it is to be a login ID and another user has it as one, the two become one. */
    synchronized Arrival change(AddressChange change) {
        requirePossible(change);
        User updated = require(change.userId());
        return conflicting(change)
                .map(existing -> change.keepsExistingUser()
                        ? merge(existing, updated, change)
                        : merge(updated, existing, change))
                .orElseGet(() -> Arrival.of(put(updated.after(change)), false));
    }

    /** Deletes the test users, and answers their IDs. */
    synchronized List<String> deleteTestUsers() {
        List<User> testUsers =
                all().stream().filter(user -> user.profile().isTest()).toList();
        testUsers.forEach(this::remove);
        return testUsers.stream().map(User::id).toList();
    }

    synchronized List<User> all() {
        return List.copyOf(byId.values());
    }

    synchronized void clear() {
        byId.clear();
        idsByLoginId.clear();
    }

    private Optional<User> conflicting(AddressChange change) {
        return change.addsLoginId()
                ? find(change.address()).filter(user -> !user.id().equals(change.userId()))
                : Optional.empty();
    }

    private Arrival merge(User kept, User gone, AddressChange change) {
        remove(gone);
        User merged = put(kept.mergedWith(gone).after(change));
        return new Arrival(merged, false, List.of(gone.id()));
    }

    private User put(User user) {
        byId.put(user.id(), user);
        user.profile().loginIds().forEach(loginId -> idsByLoginId.put(loginId, user.id()));
        return user;
    }

    private void remove(User user) {
        byId.remove(user.id());
        user.profile().loginIds().forEach(idsByLoginId::remove);
    }
}
