package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.descope4j.DescopeSettings;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

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
}
