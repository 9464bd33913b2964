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
     * @throws IllegalStateException when another user has one of the login IDs
     */
    public String add(NewUser user) {
        return register(Objects.requireNonNull(user, "user"))
                .orElseThrow(() -> new IllegalStateException("A user with that login ID is there already"))
                .id();
    }

    Tenants tenants() {
        return tenants;
    }

    /** Adds a user, unless one of the login IDs is taken. */
    synchronized Optional<User> register(NewUser profile) {
        if (profile.loginIds().stream().anyMatch(idsByLoginId::containsKey)) {
            return Optional.empty();
        }
        tenants.addAll(profile.grants().tenants());
        User user = User.created(RandomText.id("U2"), profile, clock.instant());
        put(user);
        return Optional.of(user);
    }

    synchronized Optional<User> find(LoginId loginId) {
        return Optional.ofNullable(idsByLoginId.get(loginId)).map(byId::get);
    }

    synchronized Optional<User> findById(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    User require(String id) {
        return findById(id).orElseThrow(Refusal::userNotFound);
    }

    /** Notes that the user redeemed a link. */
    synchronized Arrival noteSignIn(String id, DeliveryMethod method) {
        User before = require(id);
        User after = before.signedInBy(method);
        put(after);
        return Arrival.of(after, !before.hasSignedIn());
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
