package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.descope4j.DescopeSettings;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SetUpTest {
    private static final DescopeSettings DESCOPE =
            DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz").build();

    @Test
    void F2_a_real_project_needs_a_public_address() {
        assertThatThrownBy(() -> ServletSettings.forProject(DESCOPE).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.public-url");
    }

    @Test
    void F2_a_short_secret_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> ServletSettings.forProject(DESCOPE)
                        .publicUrl("https://app.example.com")
                        .secrets("too short")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.secret")
                .hasMessageNotContaining("too short");
    }

    @Test
    void F2_an_unknown_delivery_method_is_refused_by_name() {
        assertThatThrownBy(() -> ServletSettings.forProject(DESCOPE)
                        .publicUrl("https://app.example.com")
                        .deliveryMethods("email,pigeon")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.delivery-methods")
                .hasMessageContaining("pigeon");
    }

    @Test
    void L4_the_settings_do_not_tell_their_secret() {
        ServletSettings settings = ServletSettings.forProject(DESCOPE)
                .publicUrl("https://app.example.com")
                .secrets(ServedApplication.SECRET)
                .build();

        assertThat(settings.toString()).contains("https://app.example.com").doesNotContain(ServedApplication.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "/auth/", "/", "/a b", "/a/../b", "/auth;x", "/*"})
    void F2_a_path_of_ours_that_is_no_plain_path_is_refused(String path) {
        assertThatThrownBy(() -> ServletSettings.forProject(DESCOPE)
                        .publicUrl("https://app.example.com")
                        .setting("descope.auth-path", path)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.auth-path")
                .hasMessageContaining(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"descope.project-id", "read-timeout", "auto-register", "protected-path"})
    void a_key_that_is_not_read_there_is_refused(String key) {
        assertThatThrownBy(() -> ServletSettings.forProject(DESCOPE).setting(key, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }
}
