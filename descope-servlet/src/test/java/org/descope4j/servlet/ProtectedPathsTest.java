package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProtectedPathsTest {
    private final ProtectedPaths paths = ProtectedPaths.of(
            AuthPaths.DEFAULT,
            "/account, /account/*, /api/*, /admin/*=editor, /api/open/closed",
            "/api/open/*, /account/help");

    @ParameterizedTest
    @CsvSource({
        "/account, true",
        "/account/, true",
        "/account/x, true",
        "/accounts, false",
        "/accountx/y, false",
        "/account/help, false",
        "/account/help/x, true",
        "/api, true",
        "/api/x, true",
        "/apis, false",
        "/api/open, false",
        "/api/open/x, false",
        "/api/open/closed, true",
        "/api/open/closed/x, false",
        "/ACCOUNT, false",
        "/, false",
        "/auth/sign-in, false"
    })
    void C17_the_longest_pattern_decides_at_segment_borders(String path, boolean isProtected) {
        assertThat(paths.needOf(Requests.to(path)).isPresent()).isEqualTo(isProtected);
    }

    @Test
    void everything_can_be_protected_but_our_pages() {
        ProtectedPaths all = ProtectedPaths.of(AuthPaths.DEFAULT, "/*", "/");

        assertThat(all.needOf(Requests.to("/x"))).isPresent();
        assertThat(all.needOf(Requests.to("/"))).isEmpty();
        assertThat(all.needOf(Requests.to("/auth/sign-in"))).isEmpty();
        assertThat(all.needOf(Requests.to("/auth/sign-in2"))).isPresent();
        assertThat(all.needOf(Requests.to("/auth/verify/state"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/a, /a", "'/a=x,/a=y', ''", "'/a/*,/a/*=x', ''"})
    void F2_two_rules_for_one_pattern_contradict_each_other(String protectedPaths, String publicPaths) {
        assertThatThrownBy(() -> ProtectedPaths.of(AuthPaths.DEFAULT, protectedPaths, publicPaths))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.protected-paths")
                .hasMessageContaining("/a");
    }

    @Test
    void F2_a_role_that_was_forgotten_is_not_any_user() {
        assertThatThrownBy(() -> ProtectedPaths.of(AuthPaths.DEFAULT, "/admin/*=", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.protected-paths");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "/a/", "*.jsp", "/a*", "/*/a", "/a/*/b", "//"})
    void F2_a_pattern_that_cannot_mean_what_it_says_is_refused(String pattern) {
        assertThatThrownBy(() -> ProtectedPaths.of(AuthPaths.DEFAULT, pattern, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pattern);
    }
}
