package org.descope4j.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where configuration is read from, from the outside in: what an operator sets wins over what was packaged.
 *
 * <ol>
 *   <li>system property {@code descope.project-id}
 *   <li>environment variable {@code DESCOPE_PROJECT_ID}
 *   <li>a {@link SettingsSource}, such as MicroProfile Config
 *   <li>init-param {@code project-id} of the filter in {@code web.xml}
 *   <li>context-param {@code descope.project-id} in {@code web.xml}
 *   <li>{@link DescopeApplication} on a class of the application
 * </ol>
 */
final class SettingSources {
    private final List<Function<SettingKey, @Nullable String>> sources;

    private SettingSources(List<Function<SettingKey, @Nullable String>> sources) {
        this.sources = sources;
    }

    static SettingSources of(ServletContext context, @Nullable FilterConfig filter) {
        Map<SettingKey, String> annotated = annotated(context);
        Stream<Function<SettingKey, @Nullable String>> outside =
                Stream.of(key -> System.getProperty(key.key()), key -> System.getenv(key.environmentVariable()));
        Stream<Function<SettingKey, @Nullable String>> loaded =
                ServiceLoader.load(SettingsSource.class, context.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .map(source -> key -> source.find(key.key()).orElse(null));
        Stream<Function<SettingKey, @Nullable String>> packaged = Stream.of(
                key -> filter == null ? null : filter.getInitParameter(key.initParam()),
                key -> context.getInitParameter(key.key()),
                annotated::get);
        return new SettingSources(
                Stream.of(outside, loaded, packaged).flatMap(stream -> stream).toList());
    }

    /** The first source that says something. */
    Optional<String> find(SettingKey key) {
        return sources.stream()
                .map(source -> source.apply(key))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
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
        SettingKey known = Arrays.stream(SettingKey.values())
                .filter(key -> key.initParam().equals(name) && !key.isSecret() && key != SettingKey.AUTO_REGISTER)
                .findFirst()
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
