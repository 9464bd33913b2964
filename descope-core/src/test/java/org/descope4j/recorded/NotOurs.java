package org.descope4j.recorded;

import java.util.Map;
import java.util.Optional;

/** Recorded operations that this library does not have. */
final class NotOurs {
    private static final Map<String, String> REASONS = Map.of(
            "enchantedLink.signUp", "enchanted links are another method of Descope's",
            "enchantedLink.signUpOrIn", "enchanted links are another method of Descope's",
            "mgmt.logoutUser", "of the management API, only test users are ours");

    private NotOurs() {}

    static Optional<String> reasonFor(String operation) {
        return Optional.ofNullable(REASONS.get(operation));
    }
}
