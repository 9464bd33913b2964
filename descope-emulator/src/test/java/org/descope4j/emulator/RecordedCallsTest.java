package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that the official clients were recorded to send and had success with, and the shape of the answers they understood. Every
 * recorded success is either played here or stands in a list with the reason.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordedCallsTest {
    private static final String PROJECT = "P2wireTestProject00000000001";
    private static final String ROTATING_PROJECT = "P2wireTestProject00000000002";
    private static final int RECORDED_SUCCESSES = 273;
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .projectId(PROJECT)
            .project(NewProject.builder(ROTATING_PROJECT)
                    .rotatesRefreshTokens(true)
                    .build())
            .start();
    private static final Pattern STATUS = Pattern.compile("[0-9]{3}");
    private static final Set<String> FREE_KEYS = Set.of("customAttributes", "OAuth");

    private static final String ANA = "ana@example.com";

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

        String projectId() {
            return fields.getBoolean("rotates", false) ? ROTATING_PROJECT : PROJECT;
        }

        /** What went wrong before the call succeeded: a status, or the name of another fault. */
        List<String> faults() {
            return fields.containsKey("faults")
                    ? fields.getJsonArray("faults").getValuesAs(JsonString::getString)
                    : List.of();
        }

        /** How often the call failed before; a GET that was dropped is sent again by this HTTP client itself. */
        long failures() {
            return faults().stream().filter(fault -> !fault.equals("slow")).count();
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

    @Test
    void every_recorded_success_is_played_or_listed_with_its_reason() throws IOException {
        Set<String> played = calls().map(Call::toString).collect(Collectors.toSet());
        Set<String> notPlayed = notPlayed();

        assertThat(played).doesNotContainAnyElementsOf(notPlayed);
        assertThat(played.size() + notPlayed.size()).isEqualTo(RECORDED_SUCCESSES);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_recorded_call_is_answered_in_the_recorded_shape(Call call) {
        Caller caller = new Caller(EMULATOR, call.projectId());
        EmulatedProject project = EMULATOR.project(call.projectId());
        addUsersFor(call, project);
        String secrets = secrets(call, caller);
        String body =
                call.path().endsWith("/verify") ? "{\"token\":\"" + caller.linkTokenFor(ANA) + "\"}" : call.body();
        call.faults().forEach(fault -> EMULATOR.misbehave(fault(fault)));

        call.faults().stream()
                .filter(fault -> STATUS.matcher(fault).matches())
                .forEach(status ->
                        assertThat(send(call, caller, secrets, body).status()).isEqualTo(Integer.parseInt(status)));
        Answer answer = send(call, caller, secrets, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(call.status());
        assertSameType(call.answer(), answer.structure(), "answer", "answer");
        assertThat(requestsTo(call.path())).isEqualTo(1 + call.failures());
    }

    private static long requestsTo(String path) {
        return EMULATOR.requests().stream()
                .filter(request -> request.path().equals(path))
                .count();
    }

    private static Fault fault(String name) {
        return switch (name) {
            case "dropped" -> Fault.dropped();
            case "slow" -> Fault.slow(Duration.ofMillis(100));
            default -> Fault.status(Integer.parseInt(name));
        };
    }

    private static Answer send(Call call, Caller caller, String secrets, String body) {
        return caller.send(
                call.fields().getString("method"),
                call.path(),
                "Bearer " + call.projectId() + secrets,
                BodyPublishers.ofString(body));
    }

    private static String secrets(Call call, Caller caller) {
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

    private static Set<String> notPlayed() throws IOException {
        try (InputStream in = RecordedCallsTest.class.getResourceAsStream("recorded-not-played.json");
                JsonReader reader =
                        JsonProvider.provider().createReader(Objects.requireNonNull(in, "recorded-not-played.json"))) {
            return reader.readObject().values().stream()
                    .flatMap(names -> names.asJsonArray().getValuesAs(JsonString::getString).stream())
                    .collect(Collectors.toSet());
        }
    }

    private static String accessKey() {
        return EMULATOR.accessKeys().add(NewAccessKey.builder("job").build());
    }

    /** Those who must be there for the call to succeed, and nobody who would be in its way. */
    private static void addUsersFor(Call call, EmulatedProject project) {
        project.users().add(inTenant("member@example.com"));
        if (!call.path().contains("/signup")) {
            String loginId =
                    call.fields().get("body") instanceof JsonObject body ? body.getString("loginId", ANA) : ANA;
            project.users().add(inTenant(loginId));
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
