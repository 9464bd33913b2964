package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MeTest {
    private static final String ANA = "ana@example.com";

    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private final Caller caller = new Caller(EMULATOR);

    @BeforeEach
    void begin_with_a_member_of_two_tenants() {
        EMULATOR.reset();
        EMULATOR.users()
                .add(NewUser.builder(ANA)
                        .loginId("ana")
                        .name("Ana Example")
                        .phone("+15551234567")
                        .verifiedPhone()
                        .picture("https://img.example.com/ana.png")
                        .customAttributes(Map.of("plan", "pro", "seats", 3, "tags", List.of("a", "b")))
                        .roles("editor")
                        .permissions("doc.read")
                        .tenant("T2acme", "Acme", List.of("admin"), List.of("doc.write"))
                        .tenant("T2globex", "Globex", List.of(), List.of())
                        .build());
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void me_answers_all_34_fields_of_the_user() {
        JsonObject me = caller.get("/v1/auth/me", refreshJwt()).json();

        assertThat(me).hasSize(34);
        assertThat(me.getJsonArray("loginIds")).hasToString("[\"ana@example.com\",\"ana\"]");
        assertThat(me.getString("userId")).startsWith("U2").hasSize(28);
        assertThat(me.getString("name")).isEqualTo("Ana Example");
        assertThat(me.getString("email")).isEqualTo(ANA);
        assertThat(me.getString("phone")).isEqualTo("+15551234567");
        assertThat(me.getBoolean("verifiedEmail")).isTrue();
        assertThat(me.getBoolean("verifiedPhone")).isTrue();
        assertThat(me.getJsonArray("roleNames")).hasToString("[\"editor\"]");
        assertThat(me.getJsonArray("permissions")).hasToString("[\"doc.read\"]");
        assertThat(me.getJsonArray("userTenants").getJsonObject(0))
                .hasToString(
                        "{\"tenantId\":\"T2acme\",\"roleNames\":[\"admin\"],\"tenantName\":\"Acme\",\"permissions\":[\"doc.write\"]}");
        assertThat(me.getString("status")).isEqualTo("enabled");
        assertThat(me.getString("picture")).isEqualTo("https://img.example.com/ana.png");
        assertThat(me.getBoolean("test")).isFalse();
        assertThat(me.getJsonObject("customAttributes"))
                .containsOnlyKeys("plan", "seats", "tags")
                .containsEntry("tags", Json.array(List.of("a", "b")).build());
        assertThat(me.getJsonObject("customAttributes").getInt("seats")).isEqualTo(3);
        assertThat(Instant.ofEpochSecond(me.getInt("createdTime")))
                .isBetween(
                        EMULATOR.clock().instant().minusSeconds(60),
                        EMULATOR.clock().instant());
        assertThat(me.keySet())
                .contains("TOTP", "SAML", "OAuth", "SCIM", "OIDC", "webauthn", "password", "push", "editable");
    }

    @Test
    void the_history_is_a_bare_array_newest_first() {
        caller.signIn("bob@example.com");
        refreshJwt();
        EMULATOR.advanceClock(Duration.ofHours(1));
        signInTo("T2acme");
        String latest = caller.verifyLatest(ANA).text("refreshJwt");

        Answer history = caller.get("/v1/auth/me/history", latest);

        assertThat(history.array()).hasSize(2);
        JsonObject newest = history.array().getJsonObject(0);
        assertThat(newest.keySet())
                .containsExactlyInAnyOrder("userId", "loginTime", "city", "country", "ip", "selectedTenant");
        assertThat(newest.getString("selectedTenant")).isEqualTo("T2acme");
        assertThat(newest.getString("ip")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(newest.getInt("loginTime") - history.array().getJsonObject(1).getInt("loginTime"))
                .isBetween(3600, 3660);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ids\":[\"T2globex\",\"T2other\"]} | Globex",
                "{\"ids\":[\"T2globex\",\"T2acme\"]}  | Acme,Globex",
                "{\"ids\":[]}                         | Acme,Globex",
                "{}                                   | Acme,Globex",
                "{\"dct\":false}                      | Acme,Globex",
                "{\"dct\":true}                       | ''"
            })
    void my_tenants_are_those_i_ask_for_and_am_in(String body, String names) {
        Answer answer = caller.post("/v1/auth/me/tenants", body, refreshJwt());

        assertThat(namesOf(answer)).isEqualTo(names);
    }

    @Test
    void my_tenant_by_dct_is_the_selected_one() {
        signInTo("T2globex");
        String refreshJwt = caller.verifyLatest(ANA).text("refreshJwt");

        Answer answer = caller.post("/v1/auth/me/tenants", "{\"dct\":true}", refreshJwt);

        assertThat(answer.json().getJsonArray("tenants"))
                .hasToString("[{\"id\":\"T2globex\",\"name\":\"Globex\",\"customAttributes\":{}}]");
    }

    @Test
    void selecting_a_tenant_answers_both_tokens_with_dct() {
        String before = refreshJwt();

        Answer selected = caller.post("/v1/auth/tenant/select", "{\"tenant\":\"T2acme\"}", before);

        assertThat(selected.json()).hasSize(19);
        assertThat(selected.text("refreshJwt")).isNotEmpty().isNotEqualTo(before);
        assertThat(selected.sessionClaims().getClaim("dct")).isEqualTo("T2acme");
        assertThat(selected.sessionClaims().getClaim("roles")).isEqualTo(List.of("editor"));
        assertThat(selected.sessionClaims().getClaim("amr")).isEqualTo(List.of("email"));
        assertThat(selected.user().getString("email")).isEqualTo(ANA);
        Answer refreshed = caller.post("/v1/auth/refresh", "{}", selected.text("refreshJwt"));
        assertThat(refreshed.sessionClaims().getClaim("dct")).isEqualTo("T2acme");
        assertThat(caller.post("/v1/auth/refresh", "{}", before).sessionClaims().getClaim("dct"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tenant\":\"T2other\"} | E011004",
                "{\"tenant\":\"\"}        | E011002",
                "{}                       | E011002",
                "{\"tenant\":5}           | E011001"
            })
    void a_tenant_i_am_not_in_cannot_be_selected(String body, String code) {
        Answer answer = caller.post("/v1/auth/tenant/select", body, refreshJwt());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"GET,/v1/auth/me", "GET,/v1/auth/me/history", "POST,/v1/auth/me/tenants", "POST,/v1/auth/tenant/select"
    })
    void each_needs_the_refresh_jwt(String method, String path) {
        assertThat((method.equals("GET") ? caller.get(path) : caller.post(path, "{}")).errorCode())
                .isEqualTo("E061005");
    }

    private String refreshJwt() {
        return caller.signIn(ANA).text("refreshJwt");
    }

    private void signInTo(String tenant) {
        caller.post(
                "/v1/auth/magiclink/signin/email",
                "{\"loginId\":\"ana@example.com\",\"loginOptions\":{\"tenantId\":\"" + tenant + "\"}}");
    }

    private static String namesOf(Answer answer) {
        return String.join(
                ",",
                answer.json().getJsonArray("tenants").stream()
                        .map(JsonValue::asJsonObject)
                        .map(tenant -> tenant.getString("name"))
                        .toList());
    }
}
