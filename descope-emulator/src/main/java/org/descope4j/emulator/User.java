package org.descope4j.emulator;

import java.time.Instant;

/** A user of an emulated project at one moment. */
record User(String id, NewUser profile, Instant createdAt, UserStatus status, boolean hasSignedIn) {

    static User created(String id, NewUser profile, Instant now) {
        return new User(id, profile, now, UserStatus.ENABLED, false);
    }

    boolean isEnabled() {
        return status == UserStatus.ENABLED;
    }

    /** The same user after a link that went out by {@code method} was redeemed. */
    User signedInBy(DeliveryMethod method) {
        NewUser.Builder proven = profile.toBuilder();
        NewUser after = method == DeliveryMethod.EMAIL
                ? proven.hasVerifiedEmail(true).build()
                : proven.hasVerifiedPhone(true).build();
        return with(after).signedIn();
    }

    User signedIn() {
        return new User(id, profile, createdAt, status, true);
    }

    /** The same user with a new address, which is proven by the link having reached it. */
    User after(AddressChange change) {
        return with(change.applyTo(profile)).signedInBy(change.method());
    }

    User with(NewUser otherProfile) {
        return new User(id, otherProfile, createdAt, status, hasSignedIn);
    }

    User with(UserStatus otherStatus) {
        return new User(id, profile, createdAt, otherStatus, hasSignedIn);
    }

    /** This user, with what the other had and this one had not. */
    User mergedWith(User other) {
        return with(profile.mergedWith(other.profile));
    }
}
