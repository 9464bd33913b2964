package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManagementTest {
    private static final String TEST_USER = "e2e@test.example";

    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private final Caller caller = new Caller(EMULATOR);

    @BeforeEach
    void forget_the_test_before() {
        EMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/mgmt/user/create",
        "POST,/v1/mgmt/user/create/test",
        "POST,/v1/mgmt/user/logout",
        "DELETE,/v1/mgmt/user/test/delete/all",
        "POST,/v1/mgmt/tenant/create",
        "POST,/v1/mgmt/tests/generate/magiclink",
        "GET,/v1/mgmt/license"
    })
    void without_the_management_key_nothing_is_managed(String method, String path) {
        manage("/v1/mgmt/user/create/test", "{\"loginId\":\"e2e@test.example\"}");
        String refreshJwt = caller.signIn("ana@example.com").text("refreshJwt");

        for (String secrets : List.of("", ":", ":wrong", ":null", ":" + refreshJwt, ":wrong:" + key())) {
            Answer answer = caller.send(
                    method,
                    path,
                    "Bearer " + EMULATOR.projectId() + secrets,
                    BodyPublishers.ofString("{\"loginId\":\"e2e@test.example\"}"));

            assertThat(answer.status()).as(secrets).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("E111119");
        }
        assertThat(caller.send(method, path, "Bearer P2other:" + key(), BodyPublishers.ofString("{}"))
                        .errorCode())
                .isEqualTo("E011003");
        assertThat(EMULATOR.users().all()).hasSize(2);
    }

    @Test
    void a_user_is_created_with_everything_that_was_given() {
        manage("/v1/mgmt/tenant/create", "{\"id\":\"T2acme\",\"name\":\"Acme\"}");

        Answer created = manage("/v1/mgmt/user/create", """
                {"loginId":"Ana@Example.com","phone":"+1 555-123-4567","displayName":"Ana Example","givenName":"Ana",
                 "verifiedEmail":true,"verifiedPhone":false,"roleNames":["editor"],"picture":"https://img.example.com/a.png",
                 "userTenants":[{"tenantId":"T2acme","roleNames":["admin"]}],"customAttributes":{"plan":"pro"},
                 "additionalLoginIds":["ana"],"invite":false,"ssoAppIds":["app1"]}""");

        JsonObject user = created.user();
        assertThat(user).hasSize(34);
        assertThat(user.getJsonArray("loginIds")).hasToString("[\"ana@example.com\",\"ana\"]");
        assertThat(user.getString("email")).isEqualTo("ana@example.com");
        assertThat(user.getString("phone")).isEqualTo("+15551234567");
        assertThat(user.getString("name")).isEqualTo("Ana Example");
        assertThat(user.getString("givenName")).isEqualTo("Ana");
        assertThat(user.getBoolean("verifiedEmail")).isTrue();
        assertThat(user.getBoolean("verifiedPhone")).isFalse();
        assertThat(user.getBoolean("test")).isFalse();
        assertThat(user.getJsonArray("roleNames")).hasToString("[\"editor\"]");
        assertThat(user.getJsonArray("userTenants"))
                .hasToString(
                        "[{\"tenantId\":\"T2acme\",\"roleNames\":[\"admin\"],\"tenantName\":\"Acme\",\"permissions\":[]}]");
        assertThat(user.getJsonObject("customAttributes")).hasToString("{\"plan\":\"pro\"}");
        caller.post("/v1/auth/magiclink/signin/email", "{\"loginId\":\"ana\"}");
        assertThat(caller.verifyLatest("ana@example.com").sessionClaims().getClaim("tenants"))
                .isEqualTo(Map.of("T2acme", Map.of("roles", List.of("admin"), "permissions", List.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                     | E011002",
                "{\"loginId\":\" \"}                                                    | E011002",
                "{\"loginId\":\"a@b.org\",\"userTenants\":[{\"tenantId\":\"T2none\"}]}  | E011004",
                "{\"loginId\":\"a@b.org\",\"userTenants\":[{}]}                         | E011002",
                "{\"loginId\":\"a@b.org\",\"roleNames\":\"admin\"}                      | E011001",
                "{\"loginId\":\"ANA@example.com\"}                                      | E062107"
            })
    void a_user_who_cannot_be_is_refused(String body, String code) {
        EMULATOR.users().add(NewUser.builder("ana@example.com").build());

        for (String path : List.of("/v1/mgmt/user/create", "/v1/mgmt/user/create/test")) {
            Answer answer = manage(path, body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo(code);
        }
        assertThat(EMULATOR.users().all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/mgmt/user/create", "/v1/mgmt/user/create/test"})
    void creating_a_test_user_twice_answers_the_same_user(String path) {
        Answer first = manage(path, "{\"loginId\":\"e2e@test.example\",\"test\":true}");
        Answer second = manage("/v1/mgmt/user/create/test", "{\"identifier\":\"e2e@test.example\"}");

        assertThat(first.user().getBoolean("test")).isTrue();
        assertThat(second.user()).isEqualTo(first.user());
    }

    @Nested
    class A_link_for_a_test_user {
        @BeforeEach
        void create() {
            manage("/v1/mgmt/user/create/test", "{\"loginId\":\"e2e@test.example\",\"phone\":\"+15551234567\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"URI", "redirectUrl", "uri"})
        void is_answered_and_verifies_without_a_sign_in_before(String field) {
            Answer generated = generate(",\"" + field + "\":\"http://localhost:3001/verify\"");

            assertThat(generated.json().keySet()).containsExactlyInAnyOrder("loginId", "link");
            assertThat(generated.text("loginId")).isEqualTo(TEST_USER);
            assertThat(generated.text("link")).startsWith("http://localhost:3001/verify?t=");
            assertThat(EMULATOR.inbox().messages()).isEmpty();
            Answer verified = verify(generated);
            assertThat(verified.user().getString("email")).isEqualTo(TEST_USER);
            assertThat(verified.json().getBoolean("firstSeen")).isTrue();
        }

        @Test
        void leads_somewhere_without_a_redirect_too() {
            assertThat(verify(generate("")).status()).isEqualTo(200);
        }

        @Test
        void still_verifies_after_a_sign_in_call() {
            Answer generated = generate("");
            caller.askForLink("signin", TEST_USER);

            assertThat(verify(generated).status()).isEqualTo(200);
        }

        @Test
        void takes_login_options_and_another_method() {
            Answer generated = generate(
                    ",\"deliveryMethod\":\"sms\",\"loginOptions\":{\"customClaims\":{\"a\":1},\"stepup\":true}");

            Answer verified = verify(generated);
            assertThat(verified.sessionClaims().getClaim("nsec")).isEqualTo(Map.of("a", 1L));
            assertThat(verified.sessionClaims().getClaim("amr")).isEqualTo(List.of("sms"));
            assertThat(verified.sessionClaims().getClaim("su")).isEqualTo(true);
        }

        @Test
        void is_refused_for_others() {
            EMULATOR.users().add(NewUser.builder("ana@example.com").build());

            assertThat(generateFor("ana@example.com", "").errorCode()).isEqualTo("E011004");
            assertThat(generateFor("nobody@example.com", "").errorCode()).isEqualTo("E112102");
            assertThat(generate(",\"deliveryMethod\":\"pigeon\"").errorCode()).isEqualTo("E011004");
        }

        private Answer generate(String fields) {
            return generateFor(TEST_USER, fields);
        }

        private Answer generateFor(String loginId, String fields) {
            return manage("/v1/mgmt/tests/generate/magiclink", "{\"loginId\":\"" + loginId + "\"" + fields + "}");
        }

        private Answer verify(Answer generated) {
            return caller.verify(URI.create(generated.text("link")).getQuery().substring("t=".length()));
        }
    }

    @Test
    void deleting_the_test_users_ends_their_sessions_and_leaves_the_others() {
        manage("/v1/mgmt/user/create/test", "{\"loginId\":\"e2e@test.example\"}");
        String testUsers = caller.signIn(TEST_USER).text("refreshJwt");
        String anas = caller.signIn("ana@example.com").text("refreshJwt");

        Answer deleted = caller.send(
                "DELETE",
                "/v1/mgmt/user/test/delete/all",
                "Bearer " + EMULATOR.projectId() + ":" + key(),
                BodyPublishers.noBody());

        assertThat(deleted.json()).isEmpty();
        assertThat(caller.get("/v1/auth/me", testUsers).status()).isEqualTo(401);
        assertThat(caller.get("/v1/auth/me", anas).status()).isEqualTo(200);
        assertThat(caller.askForLink("signin", TEST_USER).errorCode()).isEqualTo("E062108");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"loginId\":\"ana@example.com\"}",
                "{\"loginId\":\"ana@example.com\",\"sessionTypes\":[]}",
                "{\"userId\":\"%s\"}"
            })
    void logging_a_user_out_ends_all_their_sessions(String body) {
        Answer ana = caller.signIn("ana@example.com");
        String bob = caller.signIn("bob@example.com").text("refreshJwt");

        Answer answer = manage("/v1/mgmt/user/logout", body.formatted(ana.user().getString("userId")));

        assertThat(answer.json()).isEmpty();
        assertThat(caller.get("/v1/auth/me", ana.text("refreshJwt")).errorCode())
                .isEqualTo("E064001");
        assertThat(caller.get("/v1/auth/me", bob).status()).isEqualTo(200);
    }

    @Test
    void logging_out_nobody_is_refused() {
        assertThat(manage("/v1/mgmt/user/logout", "{\"loginId\":\"nobody@example.com\"}")
                        .errorCode())
                .isEqualTo("E112102");
        assertThat(manage("/v1/mgmt/user/logout", "{\"userId\":\"U2nobody\"}").errorCode())
                .isEqualTo("E112102");
    }

    @Test
    void a_tenant_is_created_once_with_the_given_id_or_a_new_one() {
        assertThat(manage("/v1/mgmt/tenant/create", "{\"name\":\"Acme\"}").text("id"))
                .startsWith("T2");
        String body = "{\"id\":\"T2globex\",\"name\":\"Globex\",\"customAttributes\":{\"plan\":\"pro\"}}";
        assertThat(manage("/v1/mgmt/tenant/create", body).text("id")).isEqualTo("T2globex");
        assertThat(manage("/v1/mgmt/tenant/create", body).errorCode()).isEqualTo("E111127");
        assertThat(manage("/v1/mgmt/tenant/create", "{}").errorCode()).isEqualTo("E011002");
    }

    @Test
    void the_license_names_a_tier() {
        Answer answer = caller.get("/v1/mgmt/license", key());

        assertThat(answer.text("rateLimitTier")).isNotEmpty();
    }

    @Test
    void G2_the_management_key_is_another_one_at_each_start_unless_it_is_set() {
        try (DescopeEmulator other = DescopeEmulator.start();
                DescopeEmulator chosen =
                        DescopeEmulator.builder().managementKey("K2chosen").start()) {
            assertThat(other.managementKey()).isNotEqualTo(EMULATOR.managementKey());
            assertThat(chosen.managementKey()).isEqualTo("K2chosen");
            assertThat(new Caller(chosen).get("/v1/mgmt/license", "K2chosen").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "ключ"})
    void a_management_key_that_no_header_can_carry_is_refused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeEmulator.builder().managementKey(key).start());
    }

    @Nested
    class With_an_auth_management_key {
        private static final String AUTH_KEY = "K2authMgmtKey0001";

        @Test
        void every_call_that_signs_users_in_must_end_with_it() {
            try (DescopeEmulator closed =
                    DescopeEmulator.builder().authManagementKey(AUTH_KEY).start()) {
                Caller to = new Caller(closed);
                String path = "/v1/auth/magiclink/signup-in/email";
                String body = "{\"loginId\":\"ana@example.com\"}";

                assertThat(to.post(path, body).errorCode()).isEqualTo("E111119");
                assertThat(to.post(path, body, "wrong").status()).isEqualTo(401);
                assertThat(to.post(path, body, AUTH_KEY + ":more").status()).isEqualTo(401);
                assertThat(to.post(path, body, AUTH_KEY).status()).isEqualTo(200);

                String token = closed.inbox().latest("ana@example.com").token();
                assertThat(to.verify(token).status()).isEqualTo(401);
                String refreshJwt = to.post("/v1/auth/magiclink/verify", "{\"token\":\"" + token + "\"}", AUTH_KEY)
                        .text("refreshJwt");
                assertThat(to.get("/v1/auth/me", refreshJwt).errorCode()).isEqualTo("E111119");
                assertThat(to.get("/v1/auth/me", AUTH_KEY).errorCode()).isEqualTo("E061005");
                assertThat(to.get("/v1/auth/me", refreshJwt + ":" + AUTH_KEY).status())
                        .isEqualTo(200);
                assertThat(to.post("/v1/auth/try-refresh", "{}", refreshJwt).status())
                        .isEqualTo(401);
                String accessKey =
                        closed.accessKeys().add(NewAccessKey.builder("job").build());
                assertThat(to.post("/v1/auth/accesskey/exchange", "{}", accessKey)
                                .errorCode())
                        .isEqualTo("E111119");
                assertThat(to.post("/v1/auth/accesskey/exchange", "{}", accessKey + ":" + AUTH_KEY)
                                .status())
                        .isEqualTo(200);
            }
        }

        @Test
        void keys_and_management_calls_go_without_it() {
            try (DescopeEmulator closed =
                    DescopeEmulator.builder().authManagementKey(AUTH_KEY).start()) {
                Caller to = new Caller(closed);

                assertThat(to.get("/v2/keys/" + closed.projectId()).status()).isEqualTo(200);
                assertThat(to.get("/v1/mgmt/license", closed.managementKey()).status())
                        .isEqualTo(200);
            }
        }
    }

    private Answer manage(String path, String body) {
        return caller.post(path, body, key());
    }

    private static String key() {
        return EMULATOR.managementKey();
    }
}
