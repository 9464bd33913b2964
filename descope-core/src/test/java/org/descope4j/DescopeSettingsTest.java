package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DescopeSettingsTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";

    @ParameterizedTest
    @MethodSource
    void K10_project_ids_of_the_corpus(JsonObject theCase) {
        judge(theCase, DescopeSettings.forProject(theCase.getString("projectId")));
    }

    static Stream<JsonObject> K10_project_ids_of_the_corpus() throws IOException {
        return cases("projectId");
    }

    @ParameterizedTest
    @MethodSource
    void K9_base_urls_of_the_corpus(JsonObject theCase) {
        judge(theCase, DescopeSettings.forProject(PROJECT_ID).baseUri(theCase.getString("baseUrl")));
    }

    static Stream<JsonObject> K9_base_urls_of_the_corpus() throws IOException {
        return cases("baseUrl");
    }

    @Test
    void a_plain_project_is_at_the_default_host() {
        assertThat(DescopeSettings.forProject(PROJECT_ID).build().baseUri())
                .isEqualTo(URI.create("https://api.descope.com"));
    }

    @Test
    void a_project_id_of_32_characters_names_its_region() {
        assertThat(DescopeSettings.forProject("Peuc12abcdefghijklmnopqrstuvwxyz")
                        .build()
                        .baseUri())
                .isEqualTo(URI.create("https://api.euc1.descope.com"));
    }

    @Test
    void a_gateway_keeps_its_path_and_loses_its_trailing_slash() {
        assertThat(DescopeSettings.forProject(PROJECT_ID)
                        .baseUri("https://gateway.example.com/descope/")
                        .build()
                        .baseUri())
                .isEqualTo(URI.create("https://gateway.example.com/descope"));
    }

    @Test
    void G2_the_emulators_project_is_refused_anywhere_but_on_this_machine() {
        String emulator = "PEmulator0000000000000000000";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeSettings.forProject(emulator).build())
                .withMessageContaining("emulator");
        assertThatCode(() -> DescopeSettings.forProject(emulator)
                        .baseUri("http://localhost:8081")
                        .build())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1M1S"})
    void timeouts_are_up_to_a_minute(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeSettings.forProject(PROJECT_ID)
                        .readTimeout(timeout)
                        .build())
                .withMessageContaining("minute");
    }

    @Test
    void L4_the_settings_do_not_tell_their_keys() {
        DescopeSettings settings = DescopeSettings.forProject(PROJECT_ID)
                .managementKey("K2management")
                .authManagementKey("K2auth")
                .build();

        assertThat(settings.toString()).contains("managementKey=set").doesNotContain("K2management", "K2auth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a\r\nX: y", "${KEY}", "\u00e4"})
    void K11_a_key_that_none_can_be_is_refused_and_not_repeated(String key) {
        DescopeSettings.Builder settings = DescopeSettings.forProject(PROJECT_ID);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.managementKey(key))
                .withMessageContaining("management key")
                .withMessageNotContaining("${KEY}");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.authManagementKey(key));
    }

    @Test
    void at_least_one_call_at_a_time_and_one_algorithm() {
        DescopeSettings.Builder settings = DescopeSettings.forProject(PROJECT_ID);

        assertThatIllegalArgumentException().isThrownBy(() -> settings.maxConcurrentCalls(0));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.algorithms(Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.audience(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.audiences(Set.of()));
    }

    private static void judge(JsonObject theCase, DescopeSettings.Builder builder) {
        if (theCase.getString("expected").equals("accept")) {
            assertThatCode(builder::build).doesNotThrowAnyException();
            return;
        }
        assertThatIllegalArgumentException().isThrownBy(builder::build);
    }

    private static Stream<JsonObject> cases(String kind) throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                        DescopeSettingsTest.class.getResourceAsStream("/corpora/config_cases.json"));
                JsonReader reader = Json.createReader(stream)) {
            return reader.readObject().getJsonArray(kind).stream().map(JsonValue::asJsonObject);
        }
    }
}
