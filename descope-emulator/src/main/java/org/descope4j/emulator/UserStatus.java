package org.descope4j.emulator;

import java.util.Locale;

/** Whether a user may sign in. */
enum UserStatus {
    ENABLED,
    DISABLED;

    static UserStatus of(String wireName) {
        return switch (wireName) {
            case "enabled" -> ENABLED;
            case "disabled" -> DISABLED;
            default -> throw Refusal.invalidArgument("status is enabled or disabled");
        };
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
