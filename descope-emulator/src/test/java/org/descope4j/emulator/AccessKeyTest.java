package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
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

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessKeyTest {
    private static final String EXCHANGE = "/v1/auth/accesskey/exchange";

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

    @Test
    void a_key_is_exchanged_for_a_session_jwt_of_its_own() {
        String key = EMULATOR.accessKeys()
                .add(NewAccessKey.builder("nightly job")
                        .roles("reader")
                        .permissions("doc.read")
                        .tenant("T2acme", "Acme", List.of("admin"), List.of())
                        .customClaims(Map.of("team", "ops", "drn", "forged", "dct", "T2forged"))
                        .build());

        Answer answer = caller.post(EXCHANGE, "{}", key);

        assertThat(answer.json().keySet()).containsExactlyInAnyOrder("keyId", "sessionJwt", "expiration");
        assertThat(answer.text("keyId")).startsWith("K").isNotEqualTo(key);
        JWTClaimsSet claims = answer.sessionClaims();
        assertThat(claims.getSubject()).isEqualTo(answer.text("keyId"));
        assertThat(claims.getIssuer()).isEqualTo(EMULATOR.projectId());
        assertThat(claims.getClaim("drn")).isEqualTo("DS");
        assertThat(claims.getClaim("team")).isEqualTo("ops");
        assertThat(claims.getClaim("roles")).isEqualTo(List.of("reader"));
        assertThat(claims.getClaim("permissions")).isEqualTo(List.of("doc.read"));
        assertThat(claims.getClaim("tenants"))
                .isEqualTo(Map.of("T2acme", Map.of("roles", List.of("admin"), "permissions", List.of())));
        assertThat(claims.getClaim("nsec")).isNull();
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(Instant.ofEpochSecond(answer.json().getInt("expiration")));
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void the_exchange_adds_claims_and_selects_a_tenant() {
        String key = EMULATOR.accessKeys()
                .add(NewAccessKey.builder("job")
                        .tenant("T2acme", "Acme", List.of(), List.of())
                        .build());

        Answer answer = caller.post(
                EXCHANGE, "{\"loginOptions\":{\"customClaims\":{\"k1\":\"v1\"},\"selectedTenant\":\"T2acme\"}}", key);

        assertThat(answer.sessionClaims().getClaim("nsec")).isEqualTo(Map.of("k1", "v1"));
        assertThat(answer.sessionClaims().getClaim("dct")).isEqualTo("T2acme");
        assertThat(caller.post(EXCHANGE, "{\"loginOptions\":{\"selectedTenant\":\"T2other\"}}", key)
                        .errorCode())
                .isEqualTo("E011004");
    }

    @Test
    void a_key_that_is_missing_or_wrong_is_refused() {
        String refreshJwt = caller.signIn("ana@example.com").text("refreshJwt");

        assertThat(caller.post(EXCHANGE, "{}").status()).isEqualTo(401);
        assertThat(caller.post(EXCHANGE, "{}").errorCode()).isEqualTo("E062802");
        assertThat(caller.post(EXCHANGE, "{}", "K2wrong").status()).isEqualTo(401);
        assertThat(caller.post(EXCHANGE, "{}", "K2wrong").errorCode()).isEqualTo("E062803");
        assertThat(caller.post(EXCHANGE, "{}", refreshJwt).errorCode()).isEqualTo("E062803");
    }

    @Test
    void a_reset_forgets_the_keys() {
        String key = EMULATOR.accessKeys().add(NewAccessKey.builder("job").build());

        EMULATOR.reset();

        assertThat(caller.post(EXCHANGE, "{}", key).errorCode()).isEqualTo("E062803");
    }
}
