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
}
