package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.descope4j.servlet.SettingValues.Found;
import org.jspecify.annotations.Nullable;

/**
 * Where configuration is read from, from the outside in: what an operator sets wins over what was packaged.
 *
 * <ol>
 *   <li>system property {@code descope.project-id}
 *   <li>environment variable {@code DESCOPE_PROJECT_ID}
 *   <li>a {@link SettingsSource}, such as MicroProfile Config
 *   <li>init-param {@code project-id} of our filters in {@code web.xml}, which may not contradict each other
 *   <li>context-param {@code descope.project-id} in {@code web.xml}
 *   <li>{@link DescopeApplication} on a class of the application
 * </ol>
 */
final class SettingSources {
    private final List<Source> sources;

    private SettingSources(List<Source> sources) {
        this.sources = sources;
    }

    /**
     * What a web application is told, from all sources.
     *
     * @param declared our filters in {@code web.xml}
     * @throws IllegalArgumentException if the configuration is not acceptable; the message says which key and what to do
     */
    static ServletSettings settings(ServletContext context, List<DeclaredFilter> declared) {
        UnknownKeys.refuse(context, declared);
        requireAgreement(declared);
        return ServletSettings.from(of(context, declared));
    }

    static SettingSources of(ServletContext context, List<DeclaredFilter> declared) {
        Map<SettingKey, String> annotated = annotated(context);
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(SettingSources::systemProperty, key -> System.getProperty(key.key())));
        sources.add(new Source(SettingSources::variable, key -> System.getenv(key.environmentVariable())));
        GuardedSettingsSource.of(context).stream()
                .map(source -> new Source(
                        key -> source.name(), key -> source.find(key.key()).orElse(null)))
                .forEach(sources::add);
        declared.forEach(filter -> sources.add(new Source(
                key -> "init-param of " + filter.name(),
                key -> filter.initParameters().get(key.initParam()))));
        sources.add(new Source(key -> "context-param", key -> context.getInitParameter(key.key())));
        sources.add(new Source(key -> "@DescopeApplication", annotated::get));
        return new SettingSources(sources);
    }

    /** Whether the filters are not to register themselves. What is neither true nor false is refused later, with all other settings. */
    static boolean isSwitchedOff(ServletContext context) {
        return of(context, List.of())
                .find(SettingKey.AUTO_REGISTER)
                .filter("false"::equalsIgnoreCase)
                .isPresent();
    }

    /** Neither of two filters comes first; the values may be secrets. */
    private static void requireAgreement(List<DeclaredFilter> declared) {
        for (SettingKey key : SettingKey.values()) {
            List<DeclaredFilter> saying = declared.stream()
                    .filter(filter -> filter.initParameters().containsKey(key.initParam()))
                    .toList();
            long values = saying.stream()
                    .map(filter -> filter.initParameters().get(key.initParam()))
                    .distinct()
                    .count();
            if (values > 1) {
                throw new IllegalArgumentException("The init-params " + key.initParam() + " of the filters "
                        + saying.stream().map(DeclaredFilter::name).toList()
                        + " contradict each other: keep one of them, or say " + key.key() + " as context-param");
            }
        }
    }

    /** The first source that says something. */
    Optional<String> find(SettingKey key) {
        return found(key).map(Found::value);
    }

    /** Everything that is said. */
    SettingValues values() {
        Map<SettingKey, Found> values = new EnumMap<>(SettingKey.class);
        for (SettingKey key : SettingKey.values()) {
            found(key).ifPresent(found -> values.put(key, found));
        }
        return new SettingValues(values);
    }

    private Optional<Found> found(SettingKey key) {
        return sources.stream().flatMap(source -> source.find(key).stream()).findFirst();
    }

    private static String systemProperty(SettingKey key) {
        return "system property " + key.key();
    }

    private static String variable(SettingKey key) {
        return "environment variable " + key.environmentVariable();
    }

    /** @param name what to call it where it said something */
    private record Source(Function<SettingKey, String> name, Function<SettingKey, @Nullable String> values) {
        Optional<Found> find(SettingKey key) {
            return Optional.ofNullable(values.apply(key))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .map(value -> new Found(value, name.apply(key)));
        }
    }

    private static Map<SettingKey, String> annotated(ServletContext context) {
        Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
        if (context.getAttribute(DescopeApplication.class.getName()) instanceof DescopeApplication declared) {
            values.put(SettingKey.PROJECT_ID, declared.projectId());
            values.put(SettingKey.BASE_URL, declared.baseUrl());
            values.put(SettingKey.ALGORITHMS, joined(declared.algorithms()));
            values.put(SettingKey.AUDIENCE, declared.audience());
            values.put(SettingKey.PUBLIC_URL, declared.publicUrl());
            values.put(SettingKey.PROTECTED_PATHS, joined(declared.protectedPaths()));
            values.put(SettingKey.PUBLIC_PATHS, joined(declared.publicPaths()));
            values.put(SettingKey.DELIVERY_METHODS, joined(declared.deliveryMethods()));
            values.put(SettingKey.APPLICATION_NAME, declared.applicationName());
            Arrays.stream(declared.settings()).forEach(setting -> put(values, setting));
        }
        return values;
    }

    private static void put(Map<SettingKey, String> values, String setting) {
        int equals = setting.indexOf('=');
        String name = equals < 0 ? setting : setting.substring(0, equals).strip();
        SettingKey known = SettingKey.find(name)
                .filter(SettingKey::isForAnnotation)
                .orElseThrow(() ->
                        new IllegalArgumentException("@DescopeApplication(settings) refused: expected a key of the"
                                + " configuration without descope., such as same-browser=strict, and no secret; got "
                                + name));
        values.put(known, setting.substring(equals + 1).strip());
    }

    private static String joined(String[] values) {
        return String.join(",", Arrays.asList(values));
    }
}
