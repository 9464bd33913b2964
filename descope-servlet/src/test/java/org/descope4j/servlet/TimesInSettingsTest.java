package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.descope4j.DescopeSettings;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time is written alike wherever a setting has one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TimesInSettingsTest {
    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "15m, PT15M", "2h, PT2H", "1d, PT24H", "PT15M, PT15M", "P1D, PT24H", "PT1.5S, PT1.5S"})
    void both_forms_are_accepted_everywhere(String text, Duration expected) {
        SettingValues values = values(SettingKey.UPDATE_FRESHNESS, text);

        assertThat(values.duration(SettingKey.UPDATE_FRESHNESS)).isEqualTo(expected);
        assertThat(Rate.parse(SettingKey.LIMIT_TOTAL, "5/" + text)).contains(new Rate(5, expected));
        assertThat(settings().updateFreshness(text).build().updateFreshness()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "10", "10 m", "-10m", "-PT10M", "PT-10M", "10w", "", "ten minutes", "PT", "1h30m"})
    void F2_what_is_no_time_is_refused_everywhere_and_the_key_is_named(String text) {
        assertThatThrownBy(() -> SettingValues.duration(SettingKey.ANSWER_TIME, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.answer-time")
                .hasMessageContaining("10m");
        assertThatThrownBy(() -> FreshPaths.from(values(SettingKey.FRESH_PATHS, "/a=" + text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.fresh-paths");
    }

    @Test
    void a_rate_may_name_a_unit_alone() {
        assertThat(Rate.parse(SettingKey.LIMIT_TOTAL, "100/h")).contains(new Rate(100, Duration.ofHours(1)));
        assertThat(Rate.parse(SettingKey.LIMIT_TOTAL, "off")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5/", "0/h", "5/0m", "5/PT0S", "/h", "5/w", "5/-1h", "-5/h", "on"})
    void F2_what_is_no_rate_is_refused(String text) {
        assertThatThrownBy(() -> Rate.parse(SettingKey.LIMIT_TOTAL, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.limits.total")
                .hasMessageContaining("5/15m");
    }

    @Test
    void F2_a_sign_in_that_is_never_recent_enough_is_refused() {
        assertThatThrownBy(() -> settings().updateFreshness("0s").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.update-freshness");
    }

    private static ServletSettings.Builder settings() {
        return ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                        .baseUri("http://localhost:1")
                        .build())
                .publicUrl("http://localhost");
    }

    private static SettingValues values(SettingKey key, String text) {
        return new SettingValues(Map.of(key, new SettingValues.Found(text, "test")));
    }
}
