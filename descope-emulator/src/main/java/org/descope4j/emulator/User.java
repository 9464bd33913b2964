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
        return new User(id, profile, now, false, false, false);
    }

    /** The same user after a link that went out by {@code method} was redeemed. */
    User signedInBy(DeliveryMethod method) {
        boolean byEmail = method == DeliveryMethod.EMAIL;
        return new User(id, profile, createdAt, hasVerifiedEmail || byEmail, hasVerifiedPhone || !byEmail, true);
    }
}
