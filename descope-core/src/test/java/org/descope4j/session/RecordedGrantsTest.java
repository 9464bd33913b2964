package org.descope4j.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.descope4j.session.TokenMint.aSession;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Descope's published clients answered when they were asked the same. Where the two differ we follow the Node
 * client, but for one case: the tenant that a session was issued for counts without a list of tenants, as it does for
 * the Go client and the one for browsers.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordedGrantsTest {

    private static final String DECIDED_OTHERWISE = "authz-permissions-tenant-dct-only";

    @ParameterizedTest
    @MethodSource("recorded")
    void D3_D5_the_answer_is_that_of_the_published_client(JsonObject recorded) {
        Session session = session(recorded);
        Grants grants =
                recorded.containsKey("tenant") ? session.grantsIn(recorded.getString("tenant")) : session.grants();
        List<String> wanted = recorded.getJsonArray("wanted").getValuesAs(JsonString::getString);

        Object answer = switch (recorded.getString("operation")) {
            case "validateRoles" -> grants.hasAllRoles(wanted);
            case "validatePermissions" -> grants.hasAllPermissions(wanted);
            case "getMatchedRoles" -> List.copyOf(grants.matchingRoles(wanted));
            case "getMatchedPermissions" -> List.copyOf(grants.matchingPermissions(wanted));
            default -> throw new AssertionError("another operation");
        };

        assertThat(answer).isEqualTo(expected(recorded));
    }

    @Test
    void the_recording_is_complete() {
        assertThat(recorded()).hasSize(24);
    }

    static Stream<Arguments> recorded() {
        try (InputStream stream = requireNonNull(RecordedGrantsTest.class.getResourceAsStream("recorded_grants.json"));
                JsonReader reader = Json.createReader(stream)) {
            return reader.readObject().getJsonArray("cases").getValuesAs(JsonObject.class).stream()
                    .map(recorded -> Arguments.of(Named.of(recorded.getString("name"), recorded)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Session session(JsonObject recorded) {
        TokenMint mint = aSession();
        for (Map.Entry<String, JsonValue> claim :
                recorded.getJsonObject("claims").entrySet()) {
            mint.withJson(claim.getKey(), claim.getValue().toString());
        }
        return GrantsTest.session(mint);
    }

    private static Object expected(JsonObject recorded) {
        JsonValue answer = requireNonNull(recorded.get("node"));
        if (answer.getValueType() == JsonValue.ValueType.ARRAY) {
            Set<String> eachOnce = new LinkedHashSet<>(answer.asJsonArray().getValuesAs(JsonString::getString));
            return List.copyOf(eachOnce);
        }
        return answer.equals(JsonValue.TRUE) || recorded.getString("name").equals(DECIDED_OTHERWISE);
    }
}
