package org.descope4j.cdi;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.descope4j.servlet.SettingsSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads the keys {@code descope.*} from MicroProfile Config: {@code META-INF/microprofile-config.properties} of the application,
 * and whatever sources the server adds. Found by {@link java.util.ServiceLoader}; needs no CDI.
 */
public final class MicroProfileSettings implements SettingsSource {
    /** From here on come environment (300) and system properties (400), and files beside the application that count as such. */
    private static final int OUTSIDE = 290;

    /** For {@link java.util.ServiceLoader}. */
    public MicroProfileSettings() {}

    @Override
    public Optional<String> find(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class);
    }

    /** Of what was packaged: what the environment and system properties say may be meant for somebody else. */
    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            if (source.getOrdinal() < OUTSIDE) {
                names.addAll(source.getPropertyNames());
            }
        }
        return names;
    }
}
