package org.descope4j.emulator;

import java.time.Instant;

/** A user of the emulated project at one moment. */
record User(
        String id,
        NewUser profile,
        Instant createdAt,
        boolean hasVerifiedEmail,
        boolean hasVerifiedPhone,
        boolean hasSignedIn) {

    static User created(String id, NewUser profile, Instant now) {
        return new User(id, profile, now, profile.hasVerifiedEmail(), profile.hasVerifiedPhone(), false);
    }

    /** The same user after a link that went out by {@code method} was redeemed. */
    User signedInBy(DeliveryMethod method) {
        boolean byEmail = method == DeliveryMethod.EMAIL;
        return new User(id, profile, createdAt, hasVerifiedEmail || byEmail, hasVerifiedPhone || !byEmail, true);
    }

    /** The same user with a new address, which is proven by the link having reached it. */
    User after(AddressChange change) {
        return new User(id, change.applyTo(profile), createdAt, hasVerifiedEmail, hasVerifiedPhone, hasSignedIn)
                .signedInBy(change.method());
    }

    /** This user, with what the other had and this one had not. */
    User mergedWith(User other) {
        return new User(
                id,
                profile.mergedWith(other.profile),
                createdAt,
                profile.email().isEmpty() ? other.hasVerifiedEmail : hasVerifiedEmail,
                profile.phone().isEmpty() ? other.hasVerifiedPhone : hasVerifiedPhone,
                hasSignedIn);
    }
}
