package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionTest {
    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final Caller caller = new Caller(emulator);

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void the_session_jwt_says_who_signed_in_and_how() throws Exception {
        String userId = emulator.users()
                .add(NewUser.builder("ana@example.com")
                        .name("Ana Example")
                        .roles("editor", "viewer")
                        .permissions("doc.read")
                        .tenant("T2acme", "Acme", List.of("admin"), List.of("doc.write"))
                        .build());

        Answer answer = caller.signIn("ana@example.com");

        JWTClaimsSet claims = verified(answer.text("sessionJwt"));
        assertThat(claims.getIssuer()).isEqualTo(emulator.projectId());
        assertThat(claims.getSubject()).isEqualTo(userId);
        assertThat(claims.getClaim("drn")).isEqualTo("DS");
        assertThat(claims.getStringListClaim("amr")).containsExactly("email");
        assertThat(claims.getStringListClaim("roles")).containsExactly("editor", "viewer");
        assertThat(claims.getStringListClaim("permissions")).containsExactly("doc.read");
        assertThat(claims.getJSONObjectClaim("tenants"))
                .isEqualTo(Map.of("T2acme", Map.of("roles", List.of("admin"), "permissions", List.of("doc.write"))));
        assertThat(lifetime(claims)).isEqualTo(Duration.ofMinutes(10));
        assertThat(claims.getExpirationTime().toInstant().getEpochSecond())
                .isEqualTo(answer.json().getInt("sessionExpiration"));
        JWTClaimsSet refresh = verified(answer.text("refreshJwt"));
        assertThat(refresh.getClaim("drn")).isEqualTo("DSR");
        assertThat(refresh.getSubject()).isEqualTo(userId);
        assertThat(lifetime(refresh)).isBetween(Duration.ofDays(28).minusSeconds(1), Duration.ofDays(28));
        assertThat(Instant.parse(claims.getStringClaim("rexp")))
                .isEqualTo(refresh.getExpirationTime().toInstant());
    }

    @Test
    void the_user_in_the_answer_has_verified_the_address_the_link_went_to() {
        Answer answer = caller.signIn("ana@example.com");

        assertThat(answer.json().getJsonObject("user").getBoolean("verifiedEmail"))
                .isTrue();
        assertThat(answer.json().getJsonObject("user").getBoolean("verifiedPhone"))
                .isFalse();
        assertThat(answer.json().getJsonObject("user")).hasSize(34);
        assertThat(answer.json()).hasSize(19);
    }

    @Test
    void custom_claims_go_to_nsec_and_survive_a_refresh() throws Exception {
        caller.post("/v1/auth/magiclink/signup-in/email", """
                {"loginId":"ana@example.com","loginOptions":{"customClaims":{"plan":"pro","n":[1,null]}}}""");
        Answer answer = caller.verify(emulator.inbox().latest("ana@example.com").token());

        Answer refreshed = caller.post("/v1/auth/refresh", "{}", answer.text("refreshJwt"));

        for (Answer each : List.of(answer, refreshed)) {
            Map<String, Object> nsec = verified(each.text("sessionJwt")).getJSONObjectClaim("nsec");
            assertThat(nsec).containsEntry("plan", "pro");
            assertThat(nsec.get("n"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"externalToken\":\"\"}"})
    void refresh_answers_a_new_session_jwt_and_no_refresh_jwt(String body) throws Exception {
        Answer signIn = caller.signIn("ana@example.com");

        Answer refreshed = caller.post("/v1/auth/refresh", body, signIn.text("refreshJwt"));

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.text("refreshJwt")).isEmpty();
        assertThat(refreshed.text("sessionJwt")).isNotEqualTo(signIn.text("sessionJwt"));
        assertThat(refreshed.json().getJsonObject("user").getString("email")).isEqualTo("ana@example.com");
        assertThat(verified(refreshed.text("sessionJwt")).getSubject())
                .isEqualTo(verified(signIn.text("sessionJwt")).getSubject());
    }

    @Test
    void G4_a_refresh_jwt_that_was_rotated_away_is_refused() {
        try (DescopeEmulator rotating =
                DescopeEmulator.builder().rotatesRefreshTokens(true).start()) {
            Caller rotatingCaller = new Caller(rotating);
            String first = rotatingCaller.signIn("ana@example.com").text("refreshJwt");

            String second = rotatingCaller.post("/v1/auth/refresh", "{}", first).text("refreshJwt");

            assertThat(second).isNotEmpty().isNotEqualTo(first);
            assertThat(rotatingCaller.post("/v1/auth/refresh", "{}", first).status())
                    .isEqualTo(401);
            assertThat(rotatingCaller.post("/v1/auth/refresh", "{}", second).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void with_a_grace_period_a_refresh_jwt_that_was_rotated_away_is_good_for_a_while_and_ends_with_its_successor() {
        try (DescopeEmulator rotating = DescopeEmulator.builder()
                .rotatesRefreshTokens(true)
                .rotationGracePeriod(Duration.ofSeconds(30))
                .start()) {
            Caller rotatingCaller = new Caller(rotating);
            String first = rotatingCaller.signIn("ana@example.com").text("refreshJwt");
            rotatingCaller.post("/v1/auth/refresh", "{}", first);

            String third = rotatingCaller.post("/v1/auth/refresh", "{}", first).text("refreshJwt");

            assertThat(third).isNotEmpty().isNotEqualTo(first);
            rotating.advanceClock(Duration.ofSeconds(30));
            assertThat(rotatingCaller.post("/v1/auth/refresh", "{}", first).status())
                    .isEqualTo(401);
            String fourth = rotatingCaller.post("/v1/auth/refresh", "{}", third).text("refreshJwt");
            rotatingCaller.post("/v1/auth/logout", "{}", fourth);
            assertThat(rotatingCaller.post("/v1/auth/refresh", "{}", third).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_grace_period_is_not_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeEmulator.builder()
                        .rotationGracePeriod(Duration.ofSeconds(-1))
                        .start())
                .withMessageContaining("grace period");
    }

    @Test
    void a_refresh_jwt_expires() {
        String refreshJwt = caller.signIn("ana@example.com").text("refreshJwt");

        emulator.advanceClock(Duration.ofDays(28));

        Answer answer = caller.post("/v1/auth/refresh", "{}", refreshJwt);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("errorCode")).isEqualTo("E061005");
    }

    @Test
    void logout_ends_one_session_and_leaves_the_others() {
        String first = caller.signIn("ana@example.com").text("refreshJwt");
        String second = caller.signIn("ana@example.com").text("refreshJwt");

        Answer logout = caller.post("/v1/auth/logout", "", first);

        assertThat(logout.status()).isEqualTo(200);
        assertThat(logout.text("sessionJwt")).isEmpty();
        Answer afterwards = caller.get("/v1/auth/me", first);
        assertThat(afterwards.status()).isEqualTo(401);
        assertThat(afterwards.text("errorCode")).isEqualTo("E064001");
        assertThat(afterwards.text("errorMessage")).contains("Expired due to logout");
        assertThat(caller.get("/v1/auth/me", second).status()).isEqualTo(200);
    }

    @Test
    void logout_of_all_ends_every_session_of_the_user_and_of_nobody_else() {
        String first = caller.signIn("ana@example.com").text("refreshJwt");
        String second = caller.signIn("ana@example.com").text("refreshJwt");
        String other = caller.signIn("bob@example.com").text("refreshJwt");

        assertThat(caller.post("/v1/auth/logoutall", "{}", first).status()).isEqualTo(200);

        assertThat(caller.post("/v1/auth/refresh", "", first).status()).isEqualTo(401);
        assertThat(caller.post("/v1/auth/refresh", "", second).status()).isEqualTo(401);
        assertThat(caller.post("/v1/auth/refresh", "", other).status()).isEqualTo(200);
    }

    @Test
    void a_sign_in_that_revokes_other_sessions_ends_them() {
        String former = caller.signIn("ana@example.com").text("refreshJwt");
        caller.post(
                "/v1/auth/magiclink/signin/email",
                "{\"loginId\":\"ana@example.com\",\"loginOptions\":{\"revokeOtherSessions\":true}}");

        String latter = caller.verify(emulator.inbox().latest("ana@example.com").token())
                .text("refreshJwt");

        assertThat(caller.get("/v1/auth/me", former).status()).isEqualTo(401);
        assertThat(caller.get("/v1/auth/me", latter).status()).isEqualTo(200);
    }

    @Test
    void me_answers_the_user_without_a_wrapper() {
        String refreshJwt = caller.signIn("ana@example.com").text("refreshJwt");

        Answer me = caller.get("/v1/auth/me", refreshJwt + ":some-auth-management-key");

        assertThat(me.json().getJsonArray("loginIds").getString(0)).isEqualTo("ana@example.com");
    }

    @Test
    void a_try_to_refresh_answers_a_session_jwt_but_no_user() {
        Answer signIn = caller.signIn("ana@example.com");

        Answer tried = caller.post("/v1/auth/try-refresh", "{}", signIn.text("refreshJwt"));

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.json()).hasSize(16).doesNotContainKeys("user", "firstSeen", "idpResponse");
        assertThat(tried.sessionClaims().getSubject())
                .isEqualTo(signIn.sessionClaims().getSubject());
        assertThat(tried.text("refreshJwt")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":garbage"})
    void a_try_to_refresh_nothing_answers_empty_tokens(String token) {
        Answer tried = caller.send(
                "POST",
                "/v1/auth/try-refresh",
                "Bearer " + emulator.projectId() + token,
                BodyPublishers.ofString("{}"));

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.json()).hasSize(16);
        assertThat(tried.text("sessionJwt")).isEmpty();
        assertThat(tried.text("refreshJwt")).isEmpty();
    }

    @Test
    void a_try_to_refresh_needs_the_project_all_the_same() {
        assertThat(caller.send("POST", "/v1/auth/try-refresh", "Bearer P2other", BodyPublishers.ofString("{}"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_session_jwt_is_validated_to_its_claims_with_times_as_text() {
        Answer signIn = caller.signIn("ana@example.com");

        Answer validated = caller.post("/v1/auth/validate", "{}", signIn.text("sessionJwt"));

        JWTClaimsSet claims = signIn.sessionClaims();
        assertThat(validated.status()).isEqualTo(200);
        assertThat(validated.json()).containsKeys("sub", "iss", "amr", "drn");
        assertThat(validated.text("sub")).isEqualTo(claims.getSubject());
        assertThat(validated.json().getJsonArray("amr")).hasToString("[\"email\"]");
        assertThat(Instant.parse(validated.text("exp")))
                .isEqualTo(claims.getExpirationTime().toInstant());
        assertThat(Instant.parse(validated.text("iat")))
                .isEqualTo(claims.getIssueTime().toInstant());
        assertThat(validated.text("rexp")).isEqualTo(claims.getClaim("rexp"));
    }

    @Test
    void what_is_no_good_session_jwt_is_not_validated() {
        Answer signIn = caller.signIn("ana@example.com");
        String key = emulator.accessKeys().add(NewAccessKey.builder("job").build());
        String programs = caller.post("/v1/auth/accesskey/exchange", "{}", key).text("sessionJwt");
        assertThat(caller.post("/v1/auth/validate", "{}", programs).status()).isEqualTo(200);

        assertThat(caller.post("/v1/auth/validate", "{}").errorCode()).isEqualTo("E061005");
        assertThat(caller.post("/v1/auth/validate", "{}", "garbage").errorCode())
                .isEqualTo("E061005");
        assertThat(caller.post("/v1/auth/validate", "{}", signIn.text("refreshJwt"))
                        .errorCode())
                .isEqualTo("E061005");
        emulator.advanceClock(Duration.ofMinutes(10));
        Answer expired = caller.post("/v1/auth/validate", "{}", signIn.text("sessionJwt"));
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.errorCode()).isEqualTo("E061005");
    }

    @Test
    void a_session_jwt_is_no_refresh_jwt() {
        String sessionJwt = caller.signIn("ana@example.com").text("sessionJwt");

        Answer answer = caller.post("/v1/auth/refresh", "{}", sessionJwt);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("errorCode")).isEqualTo("E061005");
    }

    @Test
    void a_refresh_jwt_of_another_emulator_is_refused() {
        try (DescopeEmulator other = DescopeEmulator.start()) {
            String foreign = new Caller(other).signIn("ana@example.com").text("refreshJwt");

            assertThat(caller.post("/v1/auth/refresh", "{}", foreign).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":garbage", ":a.b.c"})
    void a_call_that_needs_a_refresh_jwt_is_refused_without_a_good_one(String token) {
        Answer answer = caller.send(
                "POST", "/v1/auth/logout", "Bearer " + emulator.projectId() + token, BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("errorCode")).isEqualTo("E061005");
    }

    @Test
    void G4_after_a_rotation_of_keys_old_and_new_tokens_are_good() throws Exception {
        Answer before = caller.signIn("ana@example.com");

        emulator.rotateKeys();

        Answer after = caller.post("/v1/auth/refresh", "{}", before.text("refreshJwt"));
        assertThat(keyId(after.text("sessionJwt"))).startsWith("SK").isNotEqualTo(keyId(before.text("sessionJwt")));
        assertThat(verified(before.text("sessionJwt")).getSubject())
                .isEqualTo(verified(after.text("sessionJwt")).getSubject());
        assertThat(caller.get("/v1/keys/" + emulator.projectId()).array()).hasSize(2);
    }

    @Test
    void G2_every_start_makes_fresh_keys() throws Exception {
        try (DescopeEmulator other = DescopeEmulator.start()) {
            assertThat(keyId(new Caller(other).signIn("ana@example.com").text("sessionJwt")))
                    .isNotEqualTo(keyId(caller.signIn("ana@example.com").text("sessionJwt")));
        }
    }

    private JWTClaimsSet verified(String text) throws Exception {
        SignedJWT jwt = SignedJWT.parse(text);
        JWKSet keys =
                JWKSet.parse(caller.get("/v2/keys/" + emulator.projectId()).body());
        assertThat(jwt.verify(new RSASSAVerifier(keys.getKeyByKeyId(keyId(text)).toRSAKey())))
                .isTrue();
        return jwt.getJWTClaimsSet();
    }

    private static String keyId(String text) throws Exception {
        return SignedJWT.parse(text).getHeader().getKeyID();
    }

    private static Duration lifetime(JWTClaimsSet claims) {
        Date issuedAt = claims.getIssueTime();
        return Duration.between(issuedAt.toInstant(), claims.getExpirationTime().toInstant());
    }
}
