package org.descope4j.servlet;

import java.util.Optional;
import java.util.Set;

/**
 * A place where configuration stands, found by {@link java.util.ServiceLoader}. descope-cdi brings one that reads MicroProfile
 * Config; an application may bring its own, for a vault or a properties file of its own. Asked once per key at start-up. Where it throws
 * anything or returns null the application does not start: a setting that could not be read may be a protection.
 */
@FunctionalInterface
public interface SettingsSource {
    /**
     * Looks a setting up.
     *
     * @param key such as {@code descope.project-id}
     * @return absent where this source does not say; an empty text counts as absent too
     */
    Optional<String> find(String key);

    /**
     * The names that this source has, as far as it can list them: one that begins with {@code descope.} and that nobody reads ends the
     * start of the application, since a protection that was misspelled protects nothing.
     *
     * @return nothing by default
     */
    default Set<String> names() {
        return Set.of();
    }
}
