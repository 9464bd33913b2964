package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that hold for paths, one by one, at the borders of what they match. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PathRulesTest {
    @ParameterizedTest
    @CsvSource({
        "/assets/a.css, true",
        "/assets, true",
        "/assetsx/a.css, true",
        "/a.css.html, false",
        "/acss, false",
        "/a.CSS, false",
        "/a.png, true",
        "/open, false",
        "/, false"
    })
    void C16_a_path_is_ignored_by_its_prefix_or_its_ending(String path, boolean isIgnored) {
        IgnoredPaths ignored = IgnoredPaths.from(values(SettingKey.IGNORED_PATHS, "/assets/*,*.css,*.png"));

        assertThat(ignored.contain(Requests.to(path))).isEqualTo(isIgnored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.", "*.a/b", "*.tar.gz", "assets/*", "/a*", "*"})
    void F2_what_is_neither_prefix_nor_ending_is_refused(String pattern) {
        assertThatThrownBy(() -> IgnoredPaths.from(values(SettingKey.IGNORED_PATHS, pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.ignored-paths")
                .hasMessageContaining(pattern);
    }

    @ParameterizedTest
    @CsvSource({"/transfer, PT10M", "/transfer/large, PT1M", "/transfer/large/x, PT10M", "/transfers, ''", "/, ''"})
    void the_strictest_age_holds_where_several_match(String path, String age) {
        FreshPaths fresh = FreshPaths.from(values(SettingKey.FRESH_PATHS, "/transfer/*=10m,/transfer/large=1m"));

        assertThat(fresh.oldestFor(Requests.to(path)).map(Duration::toString).orElse(""))
                .isEqualTo(age);
        assertThat(fresh.patterns())
                .extracting(PathPattern::toString)
                .containsExactly("/transfer/*", "/transfer/large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/transfer/*", "/transfer/*=59s", "=10m", "/transfer/*="})
    void F2_an_age_that_is_missing_or_too_short_is_refused(String text) {
        assertThatThrownBy(() -> FreshPaths.from(values(SettingKey.FRESH_PATHS, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.fresh-paths");
    }

    @Test
    void a_pattern_matches_a_request_and_no_pattern_matches_none() {
        SettingValues some = values(SettingKey.ONLINE_CHECK_PATHS, "/a/*,/b");
        SettingValues none = values(SettingKey.ONLINE_CHECK_PATHS, "");

        assertThat(matchesAny(some, "/a/x")).isTrue();
        assertThat(matchesAny(some, "/b")).isTrue();
        assertThat(matchesAny(some, "/b/x")).isFalse();
        assertThat(matchesAny(none, "/a/x")).isFalse();
        assertThat(matchesEach(some, "/a/x")).isTrue();
        assertThat(matchesEach(some, "/c")).isFalse();
        assertThat(matchesEach(none, "/a/x")).isFalse();
    }

    @Test
    void C25_what_opens_a_page_has_to_name_each_address_of_it() {
        ApplicationParts faces = new ApplicationParts().servlet("jakarta.faces.webapp.FacesServlet", "/faces/*");

        assertThat(PathPattern.eachAddressMatches(
                        PathPattern.listOf(
                                SettingKey.ONLINE_CHECK_PATHS, values(SettingKey.ONLINE_CHECK_PATHS, "/faces/*,/a/*")),
                        Requests.to("/faces/a/list.xhtml", faces)))
                .isTrue();
    }

    @Test
    void rules_are_told_as_they_were_written_the_longest_first() {
        ProtectedPaths rules = ProtectedPaths.of(AuthPaths.DEFAULT, "/a, /admin/*=boss", "/admin/open");

        assertThat(rules).hasToString("[/admin/open public, /admin/*=boss, /a]");
        assertThat(rules.patterns()).extracting(PathPattern::toString).containsExactly("/admin/*", "/a");
        assertThat(rules.isEmpty()).isFalse();
        assertThat(ProtectedPaths.of(AuthPaths.DEFAULT, "", "/open").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"=boss", "' =boss'"})
    void F2_a_role_without_a_path_is_refused(String text) {
        assertThatThrownBy(() -> ProtectedPaths.of(AuthPaths.DEFAULT, text, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.protected-paths");
    }

    @Test
    void C17_three_layers_of_escapes_are_read_and_no_more() {
        ProtectedPaths rules = ProtectedPaths.of(AuthPaths.DEFAULT, "/secret/*", "");

        assertThat(rules.needOf(Requests.to("/%2573ecret/x"))).isPresent();
        assertThat(rules.needOf(Requests.to("/%252573ecret/x"))).isPresent();
        assertThat(rules.needOf(Requests.to("/%25252573ecret/x"))).isEmpty();
        assertThat(rules.needOf(Requests.to("/$1/%24/x"))).isEmpty();
    }

    private static boolean matchesAny(SettingValues values, String path) {
        return PathPattern.anyMatches(PathPattern.listOf(SettingKey.ONLINE_CHECK_PATHS, values), Requests.to(path));
    }

    private static boolean matchesEach(SettingValues values, String path) {
        return PathPattern.eachAddressMatches(
                PathPattern.listOf(SettingKey.ONLINE_CHECK_PATHS, values), Requests.to(path));
    }

    private static SettingValues values(SettingKey key, String text) {
        return new SettingValues(Map.of(key, new SettingValues.Found(text, "test")));
    }
}
