package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that the official clients were recorded to send, with the shape of the answers they understood. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordedCallsTest {
    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private static final Set<String> FREE_KEYS = Set.of("customAttributes", "OAuth");

    private static final String ANA = "ana@example.com";

    private final Caller caller = new Caller(EMULATOR);

    /** One recorded call; its name says which client sent it. */
    record Call(JsonObject fields) {
        String path() {
            return fields.getString("path");
        }

        JsonValue answer() {
            return fields.getValue("/answer");
        }

        int status() {
            return fields.getInt("status", 200);
        }

        String body() {
            return fields.get("body") instanceof JsonObject body ? body.toString() : "";
        }

        String credential() {
            return fields.getString("credential")
                    + (fields.getBoolean("authManagementKey", false) ? " and auth management key" : "");
        }

        @Override
        public String toString() {
            return fields.getString("client") + " " + fields.getString("name");
        }
    }

    static Stream<Call> calls() throws IOException {
        try (InputStream in = RecordedCallsTest.class.getResourceAsStream("recorded-calls.json");
                JsonReader reader =
                        JsonProvider.provider().createReader(Objects.requireNonNull(in, "recorded-calls.json"))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().map(Call::new);
        }
    }

    @BeforeEach
    void forget_the_call_before() {
        EMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_recorded_call_is_answered_in_the_recorded_shape(Call call) {
        addUsersFor(call);

        Answer answer = call.path().endsWith("/verify") ? caller.signIn(ANA) : send(call);

        assertThat(answer.status()).as(answer.body()).isEqualTo(call.status());
        assertSameType(call.answer(), answer.structure(), "answer", "answer");
    }

    private Answer send(Call call) {
        return caller.send(
                call.fields().getString("method"),
                call.path(),
                "Bearer " + EMULATOR.projectId() + secrets(call),
                BodyPublishers.ofString(call.body()));
    }

    private String secrets(Call call) {
        return switch (call.credential()) {
            case "none" -> "";
            case "refreshJwt" -> ":" + caller.signIn(ANA).text("refreshJwt");
            case "refreshJwt and auth management key" ->
                ":" + caller.signIn(ANA).text("refreshJwt") + ":K2authMgmtKey0001";
            case "wrong" -> ":wrong";
            case "managementKey" -> ":" + EMULATOR.managementKey();
            case "accessKey" -> ":" + accessKey();
            case "accessKey and auth management key" -> ":" + accessKey() + ":K2authMgmtKey0001";
            default -> throw new IllegalStateException(call.credential());
        };
    }

    private static String accessKey() {
        return EMULATOR.accessKeys().add(NewAccessKey.builder("job").build());
    }

    /** Those who must be there for the call to succeed, and nobody who would be in its way. */
    private static void addUsersFor(Call call) {
        EMULATOR.users().add(inTenant("member@example.com"));
        if (!call.path().contains("/signup")) {
            String loginId =
                    call.fields().get("body") instanceof JsonObject body ? body.getString("loginId", ANA) : ANA;
            EMULATOR.users().add(inTenant(loginId));
        }
    }

    private static NewUser inTenant(String loginId) {
        return NewUser.builder(loginId)
                .testUser()
                .roles("editor")
                .tenant("T2tenant1", "Tenant One", List.of("admin"), List.of("doc.read"))
                .build();
    }

    private static void assertSameShape(JsonObject recorded, JsonObject ours, String where) {
        assertThat(ours.keySet()).as(where).containsAll(recorded.keySet());
        recorded.forEach((name, value) ->
                assertSameType(value, ours.getOrDefault(name, JsonValue.NULL), where + "." + name, name));
    }

    private static void assertSameType(JsonValue recorded, JsonValue ours, String where, String name) {
        assertThat(type(ours)).as(where).isEqualTo(type(recorded));
        if (recorded instanceof JsonObject object && !FREE_KEYS.contains(name)) {
            assertSameShape(object, ours.asJsonObject(), where);
        }
        if (recorded instanceof JsonArray array
                && !array.isEmpty()
                && !ours.asJsonArray().isEmpty()) {
            assertSameType(array.get(0), ours.asJsonArray().get(0), where + "[]", name);
        }
    }

    private static String type(JsonValue value) {
        return switch (value.getValueType()) {
            case TRUE, FALSE -> "BOOLEAN";
            default -> value.getValueType().name();
        };
    }
}
