package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds keys that nobody reads, since a protection that was misspelled protects nothing. In {@code web.xml} they are the application's
 * mistake and end its start, and so in a {@link SettingsSource}; in system properties and the environment they may be meant for somebody else, and are told.
 */
final class UnknownKeys {
    private static final Logger LOG = System.getLogger(UnknownKeys.class.getName());
    private static final String PREFIX = "descope.";
    private static final String VARIABLE_PREFIX = "DESCOPE_";

    /** What Descope's own clients and the emulator read. */
    private static final Set<String> VARIABLES_OF_OTHERS =
            Set.of("DESCOPE_MANAGEMENT_KEY", "DESCOPE_PUBLIC_KEY", "DESCOPE_BASE_URI", "DESCOPE_LOG_LEVEL");

    /** What an application may read itself, to make settings of the client with. */
    private static final Set<String> KEYS_OF_THE_CLIENT = Set.of("descope.management-key", "descope.public-key");

    private UnknownKeys() {}

    /**
     * Looks through everything that can be listed.
     *
     * @throws IllegalArgumentException for a key in {@code web.xml} or a settings source that nobody reads
     */
    static void refuse(ServletContext context, List<DeclaredFilter> declared) {
        Set<String> keys =
                Arrays.stream(SettingKey.values()).map(SettingKey::key).collect(Collectors.toUnmodifiableSet());
        Stream<String> contextParams =
                Collections.list(context.getInitParameterNames()).stream().filter(name -> name.startsWith(PREFIX));
        Stream<String> initParams = declared.stream()
                .flatMap(filter -> filter.initParameters().keySet().stream())
                .map(name -> PREFIX + name);
        refuseUnknown("web.xml", keys, Stream.concat(contextParams, initParams));
        for (GuardedSettingsSource source : GuardedSettingsSource.of(context)) {
            Stream<String> names = source.names().stream().filter(name -> name.startsWith(PREFIX));
            refuseUnknown(source.name(), keys, names.filter(name -> !KEYS_OF_THE_CLIENT.contains(name)));
        }
        warnOfOthers(keys);
    }

    private static void refuseUnknown(String source, Set<String> keys, Stream<String> names) {
        List<String> mistakes =
                names.filter(key -> !keys.contains(key)).distinct().sorted().toList();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(
                    source + " sets " + mistakes + ", which nobody reads; correct or remove it. The keys are "
                            + keys.stream().sorted().toList());
        }
    }

    private static void warnOfOthers(Set<String> keys) {
        warnOf(System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name -> !keys.contains(name)));
        Set<String> variables = Arrays.stream(SettingKey.values())
                .map(SettingKey::environmentVariable)
                .collect(Collectors.toUnmodifiableSet());
        warnOf(System.getenv().keySet().stream()
                .filter(name -> name.startsWith(VARIABLE_PREFIX))
                .filter(name -> !variables.contains(name) && !VARIABLES_OF_OTHERS.contains(name)));
    }

    private static void warnOf(Stream<String> names) {
        List<String> unknown = names.sorted().toList();
        if (!unknown.isEmpty()) {
            LOG.log(Level.WARNING, "Set, but read by nobody here: {0}; is one of them misspelled?", unknown);
        }
    }
}
