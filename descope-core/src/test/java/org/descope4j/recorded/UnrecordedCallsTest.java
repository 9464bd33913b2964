package org.descope4j.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.descope4j.recorded.RecordedCall.Client;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The calls that one of Descope's clients has no words for, as the recording lists them: ours has, but for a few. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnrecordedCallsTest {
    private static final RecordedTokens TOKENS = new RecordedTokens();
    private static final String REFUSED = "IllegalArgumentException, 0 requests";

    /** What is told by how it ends; the others are told by what they send. */
    private static final Map<String, String> ENDS = Map.ofEntries(
            Map.entry("signup-voice", REFUSED),
            Map.entry("signin-voice", REFUSED),
            Map.entry("update-phone-voice", REFUSED),
            Map.entry("update-phone-email", REFUSED),
            Map.entry("validate-refresh-info-session-valid", "returned, 0 requests"),
            Map.entry("validate-refresh-info-refresh-empty", "returned, 0 requests"),
            // the header that names a cookie is not sent: there is no cookie, and custom names are read from the answer
            Map.entry("config-refresh-cookie-name", "DescopeUnavailableException, 1 request"),
            Map.entry("validate-aud-option-match", "returned, 0 requests"),
            Map.entry("validate-aud-option-list", "returned, 0 requests"),
            Map.entry("validate-aud-option-mismatch", "InvalidSessionException WRONG_AUDIENCE, 0 requests"),
            Map.entry("validate-aud-option-absent-claim", "InvalidSessionException WRONG_AUDIENCE, 0 requests"));

    @TestFactory
    Stream<DynamicTest> what_one_of_the_clients_cannot_say_ours_says_or_refuses() {
        return Stream.of("node-unsupported.json", "java-unsupported.json")
                .flatMap(file -> Recording.object(file).getJsonArray("calls").getValuesAs(JsonObject.class).stream())
                .map(UnrecordedCallsTest::call)
                .map(call -> DynamicTest.dynamicTest(call.name(), () -> play(call)));
    }

    private static void play(RecordedCall call) {
        Played played = Played.of(call, List.of(call), TOKENS);

        Optional<String> end = Optional.ofNullable(ENDS.get(call.name()));
        if (end.isPresent()) {
            assertThat(played.ours()).isEqualTo(end.get());
            return;
        }
        assertThat(played.sent()).hasSize(1);
        Request sent = played.sent().get(0);
        assertSaid(sent, call.arguments().getOrDefault("options", JsonValue.EMPTY_JSON_OBJECT));
        assertSaid(sent, call.arguments().getOrDefault("user", JsonValue.EMPTY_JSON_OBJECT));
        assertThat(sent.authorization())
                .endsWith(call.config().getString("authManagementKey", ""))
                .contains(call.config().getString("managementKey", ""));
    }

    private static void assertSaid(Request sent, JsonValue options) {
        JsonObject body = sent.body().asJsonObject();
        JsonObject loginOptions =
                body.getOrDefault("loginOptions", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
        JsonObject user = body.getOrDefault("user", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
        options.asJsonObject()
                .forEach((name, value) -> assertThat(
                                Stream.of(body, loginOptions, user).map(place -> place.get(name)))
                        .as(name)
                        .contains(value));
    }

    /** As if the Node client had been asked, and nothing had come of it. */
    private static RecordedCall call(JsonObject unsupported) {
        JsonObject config =
                unsupported.getOrDefault("config", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
        JsonArrayBuilder nothing = Json.createArrayBuilder();
        return new RecordedCall(
                Client.NODE,
                Json.createObjectBuilder()
                        .add("name", unsupported.getString("name"))
                        .add(
                                "config",
                                Json.createObjectBuilder()
                                        .add("projectId", "P2wireTestProject00000000001")
                                        .add("baseUrl", "{BASE}")
                                        .addAll(Json.createObjectBuilder(config)))
                        .add(
                                "call",
                                Json.createObjectBuilder()
                                        .add("operation", unsupported.getString("operation"))
                                        .add("arguments", unsupported.getJsonObject("arguments")))
                        .add("exchanges", nothing)
                        .add("outcome", Json.createObjectBuilder().add("kind", "raised"))
                        .build());
    }
}
