package org.descope4j.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is just allowed and what is just too much. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitsTest {

    private static final SigningKey KEY = SigningKey.generate("SKkey", SigningAlgorithm.ES256);

    @ParameterizedTest
    @CsvSource({"262144, true", "262145, false"})
    void K3_a_key_set_has_at_most_256_KiB(int length, boolean isRead) {
        byte[] document = Arrays.copyOf(SigningKey.document(KEY), length);
        Arrays.fill(document, SigningKey.document(KEY).length, length, (byte) ' ');

        assertThat(isRead(document)).isEqualTo(isRead);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void K1_a_key_set_has_at_most_100_keys(int count, boolean isRead) {
        String others = String.join("", Collections.nCopies(count - 1, ",{}"));

        assertThat(isRead(("{\"keys\":[" + KEY.jwk() + others + "]}").getBytes(UTF_8)))
                .isEqualTo(isRead);
    }

    @ParameterizedTest
    @CsvSource({"128, true", "129, false"})
    void J13_a_number_has_at_most_128_characters(int length, boolean isRead) {
        assertThat(isStrict("{\"n\":" + "1".repeat(length) + "}")).isEqualTo(isRead);
    }

    @ParameterizedTest
    @CsvSource({"1e-1000, true", "1e-1001, false", "1e1000, true", "1e1001, false"})
    void J13_a_number_has_an_exponent_of_at_most_1000(String number, boolean isRead) {
        assertThat(isStrict("{\"n\":" + number + "}")).isEqualTo(isRead);
    }

    @ParameterizedTest
    @CsvSource({"253402300799, true", "253402300800, false"})
    void J16_a_session_ends_in_the_year_9999_at_the_latest(long exp, boolean isAccepted) {
        SigningKey rsa = SigningKey.generate("SKrsa", SigningAlgorithm.RS256);
        SessionValidator validator = SessionValidator.of(
                Corpus.defaultRules(),
                id -> Optional.of(rsa.verificationKey()),
                Clock.fixed(TokenMint.NOW, ZoneOffset.UTC));

        assertThat(isAccepted(validator, TokenMint.aSession().with("exp", exp).signedBy(rsa)))
                .isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[\"verify\"]; true",
                "[\"sign\",\"verify\"]; true",
                "[\"sign\"]; false",
                "[]; false",
                "\"verify\"; false"
            })
    void K1_a_key_whose_operations_are_listed_is_for_verifying_among_them(String operations, boolean isRead) {
        String jwk = KEY.jwk().toString();
        String withOperations = jwk.substring(0, jwk.length() - 1) + ",\"key_ops\":" + operations + "}";

        assertThat(isRead(("{\"keys\":[" + withOperations + "]}").getBytes(UTF_8)))
                .isEqualTo(isRead);
    }

    private static boolean isRead(byte[] document) {
        try {
            return new JsonWebKeys().read(document).containsKey(KEY.id());
        } catch (KeysUnavailableException e) {
            return false;
        }
    }

    private static boolean isStrict(String text) {
        try {
            return new StrictJson().object(text.getBytes(UTF_8)).values().containsKey("n");
        } catch (NotStrictJsonException e) {
            return false;
        }
    }

    private static boolean isAccepted(SessionValidator validator, String sessionJwt) {
        try {
            validator.validate(sessionJwt);
            return true;
        } catch (InvalidSessionException e) {
            return false;
        }
    }
}
