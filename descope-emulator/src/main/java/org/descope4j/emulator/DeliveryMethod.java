package org.descope4j.emulator;

import java.util.Locale;

/** The ways a magic link reaches a person. */
enum DeliveryMethod {
    EMAIL,
    SMS,
    WHATSAPP;

    /** The last segment of the path, and the entry of the {@code amr} claim. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the field that holds an address for this method. */
    String fieldName() {
        return this == EMAIL ? "email" : "phone";
    }

    /** An address that this method can reach. */
    LoginId parse(String address) {
        LoginId parsed = LoginId.of(address);
        if (this == EMAIL ? !parsed.isEmail() : !parsed.isPhone()) {
            throw Refusal.invalidArgument(
                    this == EMAIL ? "An e-mail address is needed here" : "A phone number is needed here");
        }
        return parsed;
    }

    String addressOf(NewUser profile) {
        return parse(this == EMAIL ? profile.email() : profile.phone()).value();
    }
}
