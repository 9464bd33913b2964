package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.JsonObject;
import java.util.List;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProjectModesTest {
    private static final String ANA = "ana@example.com";

    @Test
    void tokens_in_cookies_leave_the_body_empty() {
        try (DescopeEmulator emulator =
                DescopeEmulator.builder().tokensInCookies(true).start()) {
            Caller caller = new Caller(emulator);

            Answer signIn = caller.signIn(ANA);

            assertThat(signIn.text("sessionJwt")).isEmpty();
            assertThat(signIn.text("refreshJwt")).isEmpty();
            assertThat(signIn.json().getInt("cookieMaxAge")).isPositive();
            assertThat(cookies(signIn)).hasSize(2);
            assertThat(cookies(signIn).get(0)).matches("DS=[^;.]+\\.[^;.]+\\.[^;.]+; Path=/; Max-Age=\\d+; .*");
            assertThat(cookies(signIn).get(1))
                    .startsWith("DSR=")
                    .endsWith("; HttpOnly; Secure; SameSite=Strict")
                    .contains("; Max-Age=" + signIn.json().getInt("cookieMaxAge") + ";");

            String refreshJwt = value(cookies(signIn).get(1));
            Answer refreshed = caller.post("/v1/auth/refresh", "{}", refreshJwt);
            assertThat(cookies(refreshed)).singleElement().asString().startsWith("DS=ey");
            assertThat(refreshed.text("sessionJwt")).isEmpty();
            assertThat(cookies(caller.post("/v1/auth/try-refresh", "{}", refreshJwt)))
                    .singleElement()
                    .asString()
                    .startsWith("DS=ey");
            assertThat(cookies(caller.post("/v1/auth/try-refresh", "{}"))).isEmpty();

            Answer loggedOut = caller.post("/v1/auth/logout", "{}", refreshJwt);
            assertThat(cookies(loggedOut))
                    .containsExactly(
                            "DS=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict",
                            "DSR=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict");
        }
    }

    @Test
    void cookies_can_have_other_names_which_the_answer_tells() {
        try (DescopeEmulator emulator = DescopeEmulator.builder()
                .tokensInCookies(true)
                .cookieNames("app_session", "app_refresh")
                .start()) {
            Answer signIn = new Caller(emulator).signIn(ANA);

            assertThat(signIn.text("sessionCookieName")).isEqualTo("app_session");
            assertThat(signIn.text("cookieName")).isEqualTo("app_refresh");
            assertThat(cookies(signIn))
                    .satisfiesExactly(
                            session -> assertThat(session).startsWith("app_session="),
                            refresh -> assertThat(refresh).startsWith("app_refresh="));
        }
    }

    @Test
    void without_that_mode_no_cookie_is_set() {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Caller caller = new Caller(emulator);
            Answer signIn = caller.signIn(ANA);

            assertThat(cookies(signIn)).isEmpty();
            assertThat(signIn.text("cookieName")).isEqualTo("DSR");
            assertThat(signIn.text("sessionCookieName")).isEqualTo("DS");
            assertThat(cookies(caller.post("/v1/auth/logout", "{}", signIn.text("refreshJwt"))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"DS, DS", "'', DSR", "DS, 'a;b'", "'a b', DSR", "'a=b', DSR"})
    void cookie_names_that_cannot_be_are_refused(String session, String refresh) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DescopeEmulator.builder().cookieNames(session, refresh).start());
    }

    @Test
    void es384_signs_with_a_key_whose_id_is_the_project_id() throws Exception {
        try (DescopeEmulator emulator = DescopeEmulator.builder()
                .signingAlgorithm(SigningAlgorithm.ES384)
                .start()) {
            Caller caller = new Caller(emulator);
            Answer keys = caller.get("/v2/keys/" + emulator.projectId());
            JsonObject key = keys.json().getJsonArray("keys").getJsonObject(0);
            Answer signIn = caller.signIn(ANA);

            SignedJWT jwt = SignedJWT.parse(signIn.text("sessionJwt"));

            assertThat(key.keySet()).containsExactlyInAnyOrder("alg", "crv", "kid", "kty", "use", "x", "y");
            assertThat(key.getString("kid")).isEqualTo(emulator.projectId());
            assertThat(key.getString("alg")).isEqualTo("ES384");
            assertThat(jwt.getHeader().getKeyID()).isEqualTo(emulator.projectId());
            assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("ES384");
            assertThat(jwt.verify(new ECDSAVerifier(JWKSet.parse(keys.body())
                            .getKeyByKeyId(emulator.projectId())
                            .toECKey())))
                    .isTrue();
            assertThat(caller.post("/v1/auth/refresh", "{}", signIn.text("refreshJwt"))
                            .status())
                    .isEqualTo(200);
            emulator.rotateKeys();
            assertThat(caller.get("/v1/keys/" + emulator.projectId()).array()).hasSize(2);
            assertThat(caller.post("/v1/auth/refresh", "{}", signIn.text("refreshJwt"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PROJECT_ID,      PEmulator0000000000000000000",
        "URL,             BASE/PEmulator0000000000000000000",
        "APPLICATION_URL, BASE/v1/apps/PEmulator0000000000000000000",
        "AGENTIC_URL,     BASE/v1/apps/agentic/PEmulator0000000000000000000/emulator"
    })
    void the_issuer_has_the_form_that_was_chosen(IssuerForm form, String issuer) {
        try (DescopeEmulator emulator =
                DescopeEmulator.builder().issuerForm(form).start()) {
            Answer signIn = new Caller(emulator).signIn(ANA);

            assertThat(signIn.sessionClaims().getIssuer())
                    .isEqualTo(issuer.replace("BASE", emulator.baseUri().toString()));
        }
    }

    @Test
    void a_project_id_with_a_region_has_32_characters() {
        String regional = "Peuc1" + "Emulator" + "0".repeat(19);
        try (DescopeEmulator emulator =
                DescopeEmulator.builder().projectId(regional).start()) {
            Answer signIn = new Caller(emulator).signIn(ANA);

            assertThat(emulator.projectId()).hasSize(32);
            assertThat(signIn.sessionClaims().getIssuer()).isEqualTo(regional);
            assertThat(new Caller(emulator).get("/v2/keys/" + regional).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void G4_revoked_keys_take_what_they_signed_with_them() {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Caller caller = new Caller(emulator);
            String refreshJwt = caller.signIn(ANA).text("refreshJwt");

            emulator.rotateAndRevokeKeys();

            assertThat(caller.get("/v1/keys/" + emulator.projectId()).array()).hasSize(1);
            assertThat(caller.post("/v1/auth/refresh", "{}", refreshJwt).errorCode())
                    .isEqualTo("E061005");
            assertThat(caller.signIn(ANA).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | 2", "{} | 2", "{\"revoke\":false} | 2", "{\"revoke\":true} | 1"})
    void keys_are_revoked_over_http_too(String body, int keys) {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Caller caller = new Caller(emulator);

            assertThat(caller.post("/_emulator/keys/rotate", body).text("kid")).startsWith("SK2");

            assertThat(caller.get("/v1/keys/" + emulator.projectId()).array()).hasSize(keys);
        }
    }

    private static List<String> cookies(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie");
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }
}
