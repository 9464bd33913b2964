package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginOptionsTest {
    private static final String ANA = "ana@example.com";

    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private final Caller caller = new Caller(EMULATOR);

    @BeforeEach
    void forget_the_test_before() {
        EMULATOR.reset();
        EMULATOR.users()
                .add(NewUser.builder(ANA)
                        .phone("+15551234567")
                        .tenant("T2acme", "Acme", List.of("admin"), List.of("doc.write"))
                        .build());
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void a_step_up_is_claimed_until_the_next_refresh() {
        String refreshJwt = caller.signIn(ANA).text("refreshJwt");

        Answer asked = signIn("email", "\"stepup\":true", refreshJwt);
        Answer steppedUp = caller.verifyLatest(ANA);

        assertThat(asked.status()).isEqualTo(200);
        assertThat(steppedUp.sessionClaims().getClaim("su")).isEqualTo(true);
        assertThat(steppedUp.sessionClaims().getClaim("amr")).isEqualTo(List.of("email"));
        Answer refreshed = caller.post("/v1/auth/refresh", "{}", steppedUp.text("refreshJwt"));
        assertThat(refreshed.sessionClaims().getClaim("su")).isNull();
    }

    @Test
    void a_second_factor_adds_to_how_the_user_signed_in() {
        String refreshJwt = caller.signIn(ANA).text("refreshJwt");

        signIn("sms", "\"mfa\":true", refreshJwt);
        Answer verified = caller.verifyLatest("+15551234567");

        assertThat(verified.sessionClaims().getClaim("amr")).isEqualTo(List.of("email", "sms", "mfa"));
        assertThat(verified.sessionClaims().getClaim("su")).isNull();
        Answer refreshed = caller.post("/v1/auth/refresh", "{}", verified.text("refreshJwt"));
        assertThat(refreshed.sessionClaims().getClaim("amr")).isEqualTo(List.of("email", "sms", "mfa"));
    }

    @ParameterizedTest
    @CsvSource({"stepup, signin", "mfa, signin", "stepup, signup-in", "mfa, signup-in"})
    void both_need_the_refresh_jwt_of_that_user(String option, String operation) {
        String path = "/v1/auth/magiclink/" + operation + "/email";
        String body = "{\"loginId\":\"ana@example.com\",\"loginOptions\":{\"" + option + "\":true}}";
        String bob = caller.signIn("bob@example.com").text("refreshJwt");

        assertThat(caller.post(path, body).errorCode()).isEqualTo("E061005");
        assertThat(caller.post(path, body, "garbage").errorCode()).isEqualTo("E061005");
        assertThat(caller.post(path, body, bob).errorCode()).isEqualTo("E061005");
        assertThat(EMULATOR.inbox().messages(ANA)).isEmpty();
    }

    @Test
    void without_either_a_token_beside_the_project_is_not_looked_at() {
        assertThat(signIn("email", "\"stepup\":false,\"mfa\":false", "garbage").status())
                .isEqualTo(200);
        assertThat(caller.verifyLatest(ANA).sessionClaims().getClaim("su")).isNull();
    }

    @Test
    void a_tenant_is_selected_at_sign_in() {
        signIn("email", "\"tenantId\":\"T2acme\"", "");
        Answer verified = caller.verifyLatest(ANA);

        assertThat(verified.sessionClaims().getClaim("dct")).isEqualTo("T2acme");
        Answer refreshed = caller.post("/v1/auth/refresh", "{}", verified.text("refreshJwt"));
        assertThat(refreshed.sessionClaims().getClaim("dct")).isEqualTo("T2acme");
        assertThat(refreshed.sessionClaims().getClaim("roles")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"T2other", "T2globex"})
    void a_tenant_that_the_user_is_not_in_is_refused(String tenant) {
        EMULATOR.users()
                .add(NewUser.builder("bob@example.com")
                        .tenant("T2globex", "Globex", List.of(), List.of())
                        .build());

        Answer answer = signIn("email", "\"tenantId\":\"" + tenant + "\"", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("E011004");
        assertThat(EMULATOR.inbox().messages()).isEmpty();
    }

    @Test
    void a_new_user_joins_the_tenant_of_the_sign_up() {
        String body = "{\"loginId\":\"new@example.com\",\"loginOptions\":{\"tenantId\":\"T2acme\"}}";

        assertThat(caller.post("/v1/auth/magiclink/signup/email", body).status())
                .isEqualTo(200);

        Answer verified = caller.verifyLatest("new@example.com");
        assertThat(verified.sessionClaims().getClaim("dct")).isEqualTo("T2acme");
        assertThat(verified.sessionClaims().getClaim("tenants"))
                .isEqualTo(Map.of("T2acme", Map.of("roles", List.of(), "permissions", List.of())));
        assertThat(verified.user().getJsonArray("userTenants").getJsonObject(0).getString("tenantName"))
                .isEqualTo("Acme");
    }

    @Test
    void a_sign_up_into_a_tenant_that_is_not_there_makes_no_user() {
        Answer answer = caller.post(
                "/v1/auth/magiclink/signup-in/email",
                "{\"loginId\":\"new@example.com\",\"loginOptions\":{\"tenantId\":\"T2none\"}}");

        assertThat(answer.errorCode()).isEqualTo("E011004");
        assertThat(EMULATOR.users().all()).hasSize(1);
    }

    @Test
    void revoking_other_sessions_ends_them_at_the_click_whatever_types_are_named() {
        String former = caller.signIn(ANA).text("refreshJwt");
        signIn("email", "\"revokeOtherSessions\":true,\"revokeOtherSessionsTypes\":[\"web\"]", "");
        assertThat(caller.get("/v1/auth/me", former).status()).isEqualTo(200);

        String latter = caller.verifyLatest(ANA).text("refreshJwt");

        assertThat(caller.get("/v1/auth/me", former).errorCode()).isEqualTo("E064001");
        assertThat(caller.get("/v1/auth/me", latter).status()).isEqualTo(200);
    }

    @Test
    void options_of_other_clients_and_options_without_effect_are_taken() {
        Answer answer = caller.post("/v1/auth/magiclink/signin/email", """
                {"loginId":"ana@example.com","providerId":"p1","ssoAppId":"app1","useRecovery":false,"crossDevice":true,
                 "loginOptions":{"jwtrequired":false,"jwt":"x","pkceChallenge":"eA==","ssoAppId":"app1","customClaims":null}}""");

        assertThat(answer.status()).isEqualTo(200);
    }

    private Answer signIn(String method, String options, String refreshJwt) {
        return caller.post(
                "/v1/auth/magiclink/signin/" + method,
                "{\"loginId\":\"ana@example.com\",\"loginOptions\":{" + options + "}}",
                refreshJwt);
    }
}
