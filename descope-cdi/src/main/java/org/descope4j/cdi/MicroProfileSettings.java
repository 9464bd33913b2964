package org.descope4j.cdi;

import java.util.Optional;
import org.descope4j.servlet.SettingsSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads the keys {@code descope.*} from MicroProfile Config: {@code META-INF/microprofile-config.properties} of the application,
 * and whatever sources the server adds. Found by {@link java.util.ServiceLoader}; needs no CDI.
 */
public final class MicroProfileSettings implements SettingsSource {
    /** For {@link java.util.ServiceLoader}. */
    public MicroProfileSettings() {}

    @Override
    public Optional<String> find(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class);
    }
}
