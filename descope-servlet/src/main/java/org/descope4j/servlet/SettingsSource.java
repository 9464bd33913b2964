package org.descope4j.servlet;

import java.util.Optional;

/**
 * A place where configuration stands, found by {@link java.util.ServiceLoader}. descope-cdi brings one that reads MicroProfile
 * Config; an application may bring its own, for a vault or a properties file of its own. Asked once per key at start-up.
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
}
