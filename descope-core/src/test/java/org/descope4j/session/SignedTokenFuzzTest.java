package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

/**
 * Any header and any claims, signed with the project's own key: the line break parts the two. What is accepted is read
 * once more by another JSON reader.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignedTokenFuzzTest {

    private static final SigningKey KEY = SigningKey.seeded("SKelliptic", SigningAlgorithm.ES256, 3);
    private static final TokenRules RULES = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
            .algorithms(EnumSet.of(SigningAlgorithm.ES256))
            .build();
    private static final SessionValidator VALIDATOR = SessionValidator.of(
            RULES,
            id -> Optional.of(KEY.verificationKey()).filter(key -> key.id().equals(id)),
            Clock.fixed(TokenMint.NOW, ZoneOffset.UTC));

    @FuzzTest(maxDuration = "1m")
    void J12_J16_J32_what_is_signed_is_still_judged(byte[] input) {
        int lineBreak = indexOfLineBreak(input);
        byte[] header = Arrays.copyOf(input, lineBreak);
        byte[] claims = Arrays.copyOfRange(input, Math.min(lineBreak + 1, input.length), input.length);
        try {
            Session session = VALIDATOR.validate(TokenMint.signed(KEY, header, claims));

            assertAgreed(session, object(header), object(claims));
        } catch (InvalidSessionException e) {
            assertThat(e.getMessage()).startsWith("Expected");
        }
    }

    private static void assertAgreed(Session session, JsonObject header, JsonObject claims) {
        long now = TokenMint.NOW.getEpochSecond();
        BigDecimal end = claims.getJsonNumber("exp").bigDecimalValue();

        assertThat(header.getString("alg")).isEqualTo("ES256");
        assertThat(header.getString("kid")).isEqualTo(KEY.id());
        assertThat(header).doesNotContainKeys("crit", "jwk", "jku", "x5c", "x5u", "b64", "zip", "enc", "cty");
        assertThat(claims.getString("drn")).isEqualTo("DS");
        assertThat(RULES.issuers()).contains(claims.getString("iss"));
        assertThat(session.subject()).isNotBlank().isEqualTo(claims.getString("sub"));
        assertThat(claims).doesNotContainKey("cnf");
        assertThat(end).isGreaterThan(BigDecimal.valueOf(now - 5));
        assertThat(session.expiresAt().getEpochSecond()).isEqualTo(end.longValue());
        if (claims.get("nbf") instanceof JsonNumber start) {
            assertThat(start.bigDecimalValue()).isLessThan(BigDecimal.valueOf(now + 6));
        }
        if (claims.get("iat") instanceof JsonNumber issued) {
            assertThat(issued.bigDecimalValue()).isLessThan(BigDecimal.valueOf(now + 61));
        }
        assertThat(session.claims().keySet()).isSubsetOf(claims.keySet());
        assertThat(session.grants().hasAllRoles(session.roles())).isTrue();
        assertThat(session.tenants())
                .allSatisfy(tenant -> assertThat(session.grantsIn(tenant).hasAllRoles(session.rolesIn(tenant)))
                        .isTrue());
    }

    private static JsonObject object(byte[] json) {
        try (JsonReader reader = Json.createReader(new StringReader(new String(json, StandardCharsets.UTF_8)))) {
            return reader.readObject();
        }
    }

    private static int indexOfLineBreak(byte[] input) {
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '\n') {
                return i;
            }
        }
        return input.length;
    }
}
