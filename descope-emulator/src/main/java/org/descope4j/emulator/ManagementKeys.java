package org.descope4j.emulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The keys of the project's owner: one for management calls, and one, empty when not demanded, for every call that signs users in. */
record ManagementKeys(String management, String authManagement) {
    ManagementKeys {
        requireUsable(management, "managementKey");
        requireUsable(authManagement, "authManagementKey");
        if (management.isEmpty()) {
            throw new IllegalArgumentException("managementKey must not be empty");
        }
    }

    boolean isManagement(String key) {
        return areEqual(management, key);
    }

    boolean demandsAuthManagement() {
        return !authManagement.isEmpty();
    }

    boolean isAuthManagement(String key) {
        return areEqual(authManagement, key);
    }

    @Override
    public String toString() {
        return "ManagementKeys[redacted]";
    }

    private static boolean areEqual(String key, String other) {
        return MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Colons part the secrets in an Authorization header. */
    private static void requireUsable(String key, String name) {
        if (key.chars().anyMatch(character -> character <= ' ' || character > '~' || character == ':')) {
            throw new IllegalArgumentException(name + " consists of printable ASCII without spaces and colons");
        }
    }
}
