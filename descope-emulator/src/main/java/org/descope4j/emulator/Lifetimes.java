package org.descope4j.emulator;

import java.time.Duration;

/** How long session JWTs, refresh JWTs and magic links are good. */
record Lifetimes(Duration sessionJwt, Duration refreshJwt, Duration link) {
    Lifetimes {
        requirePositive(sessionJwt, "sessionLifetime");
        requirePositive(refreshJwt, "refreshLifetime");
        requirePositive(link, "linkLifetime");
    }

    private static void requirePositive(Duration lifetime, String name) {
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException(name + " is at least one second, not " + lifetime);
        }
    }
}
