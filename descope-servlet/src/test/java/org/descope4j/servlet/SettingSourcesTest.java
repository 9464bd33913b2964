package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.descope4j.servlet.MisbehavingApplicationTest.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingSourcesTest {

    @AfterEach
    void clear() {
        for (SettingKey key : SettingKey.values()) {
            System.clearProperty(key.key());
        }
    }

    @ParameterizedTest
    @EnumSource(SettingKey.class)
    void every_key_can_be_said_in_web_xml(SettingKey key) {
        SettingValues byContextParam = SettingSources.of(context(Map.of(key.key(), "a value"), null), List.of())
                .values();
        SettingValues byInitParam = SettingSources.of(
                        context(Map.of(key.key(), "another"), null), filter(Map.of(key.initParam(), "a value")))
                .values();

        assertThat(byContextParam.text(key)).isEqualTo("a value");
        assertThat(byContextParam.source(key)).contains("context-param");
        assertThat(byInitParam.text(key)).isEqualTo("a value");
        assertThat(byInitParam.source(key)).contains("init-param of session");
    }

    @ParameterizedTest
    @EnumSource(SettingKey.class)
    void every_key_can_be_said_from_outside_which_wins(SettingKey key) {
        System.setProperty(key.key(), " a value ");

        SettingValues values = SettingSources.of(
                        context(Map.of(key.key(), "another"), null), filter(Map.of(key.initParam(), "a third")))
                .values();

        assertThat(values.text(key)).isEqualTo("a value");
        assertThat(values.source(key)).contains("system property " + key.key());
    }

    @ParameterizedTest
    @EnumSource(SettingKey.class)
    void every_key_but_secrets_can_be_said_by_the_annotation(SettingKey key) {
        ServletContext context = context(Map.of(), annotation(key.initParam() + "=a value"));

        if (!key.isForAnnotation()) {
            assertThatThrownBy(() -> SettingSources.of(context, List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        SettingValues values = SettingSources.of(context, List.of()).values();

        assertThat(values.text(key)).isEqualTo("a value");
        assertThat(values.source(key)).contains("@DescopeApplication");
    }

    @Test
    void an_empty_value_says_nothing() {
        System.setProperty("descope.same-browser", "  ");

        assertThat(SettingSources.of(context(Map.of("descope.same-browser", "strict"), null), List.of())
                        .find(SettingKey.SAME_BROWSER))
                .contains("strict");
    }

    @Test
    void F1_values_are_not_shown_by_accident() {
        SettingSources sources =
                SettingSources.of(context(Map.of("descope.secret", "do not show this"), null), List.of());

        assertThat(sources.values()).asString().doesNotContain("do not show this");
        assertThat(sources).asString().doesNotContain("do not show this");
    }

    /** A vault that is not there. */
    public static final class Vault implements SettingsSource {
        private static @Nullable Failure inFind;
        private static @Nullable Failure inNames;

        @Override
        @SuppressWarnings("NullAway") // that is the misbehaviour
        public Optional<String> find(String key) {
            MisbehavingApplicationTest.failBy(inFind);
            return inFind == Failure.NULL ? null : Optional.empty();
        }

        @Override
        @SuppressWarnings("NullAway") // that is the misbehaviour
        public Set<String> names() {
            MisbehavingApplicationTest.failBy(inNames);
            return inNames == Failure.NULL ? null : Set.of();
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void F2_a_source_of_the_application_that_fails_ends_the_start_and_is_named(Failure failure) throws IOException {
        ClassLoader loader = ServedApplication.loaderOf(Map.of(SettingsSource.class, Vault.class));
        ServletContext context = context(Map.of("descope.protected-paths", "/*"), null, loader);
        Vault.inFind = failure;
        try {
            assertThatThrownBy(() -> SettingSources.of(context, List.of()).values())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Vault.find(\"descope.", "nothing starts without it");
            Vault.inFind = null;
            Vault.inNames = failure;
            assertThatThrownBy(() -> UnknownKeys.refuse(context, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Vault.names()");
        } finally {
            Vault.inFind = null;
            Vault.inNames = null;
        }
    }

    /** Cannot be made. */
    public static final class Unmakeable implements SettingsSource {
        /** For the service loader. */
        public Unmakeable() {
            throw new IllegalStateException("no");
        }

        @Override
        public Optional<String> find(String key) {
            return Optional.empty();
        }
    }

    @Test
    void F2_a_source_that_cannot_be_made_ends_the_start_and_is_named() throws IOException {
        ClassLoader loader = ServedApplication.loaderOf(Map.of(SettingsSource.class, Unmakeable.class));

        assertThatThrownBy(() -> SettingSources.of(context(Map.of(), null, loader), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("META-INF/services/" + SettingsSource.class.getName());
    }

    private static ServletContext context(Map<String, String> params, @Nullable DescopeApplication annotation) {
        return context(params, annotation, SettingSourcesTest.class.getClassLoader());
    }

    private static ServletContext context(
            Map<String, String> params, @Nullable DescopeApplication annotation, ClassLoader loader) {
        return proxy(ServletContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getInitParameter" -> params.get(arguments[0]);
            case "getAttribute" -> DescopeApplication.class.getName().equals(arguments[0]) ? annotation : null;
            case "getClassLoader" -> loader;
            case "getInitParameterNames" -> Collections.enumeration(params.keySet());
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static List<DeclaredFilter> filter(Map<String, String> params) {
        return List.of(new DeclaredFilter("session", SessionFilter.class.getName(), params, Set.of("/*")));
    }

    private static DescopeApplication annotation(String setting) {
        return proxy(DescopeApplication.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "settings" -> new String[] {setting};
            case "annotationType" -> (Class<? extends Annotation>) DescopeApplication.class;
            default -> method.getDefaultValue();
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(SettingSourcesTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
