package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.descope4j.session.TokenMint.aRefreshToken;
import static org.descope4j.session.TokenMint.aSession;

import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.descope4j.session.InvalidSessionException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionValidatorTest {

    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final SigningKey FORGER = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final Clock CLOCK = Clock.fixed(TokenMint.NOW, ZoneOffset.UTC);

    private final SessionValidator validator = SessionValidator.of(Corpus.defaultRules(), keysOf(KEY), CLOCK);

    @Test
    void a_genuine_session_is_accepted() {
        Session session = validator.validate(aSession().signedBy(KEY));

        assertThat(session.subject()).isEqualTo("U2abcdefghijklmnopqrstuvwxyz");
        assertThat(session.issuedAt()).contains(TokenMint.NOW.minusSeconds(30));
        assertThat(session.expiresAt()).isEqualTo(TokenMint.NOW.plusSeconds(600));
    }

    @Test
    void J21_a_genuine_refresh_JWT_is_accepted_as_such_only() {
        String refreshJwt = aRefreshToken().signedBy(KEY);

        RefreshToken refreshToken = validator.validateRefresh(refreshJwt);

        assertThat(refreshToken.subject()).isEqualTo("U2abcdefghijklmnopqrstuvwxyz");
        assertThat(refreshToken.issuedAt()).contains(TokenMint.NOW.minusSeconds(30));
        assertThat(refreshToken.expiresAt()).isEqualTo(TokenMint.NOW.plusSeconds(600));
        assertThat(refreshToken.claims()).containsEntry("drn", "DSR").isUnmodifiable();
        assertThat(refreshToken).hasToString("RefreshToken[expiresAt=2025-10-09T09:03:20Z]");
        assertRefused(Reason.WRONG_KIND, () -> validator.validate(refreshJwt));
        assertRefused(
                Reason.WRONG_KIND, () -> validator.validateRefresh(aSession().signedBy(KEY)));
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void J2_each_algorithm_is_accepted_where_it_is_allowed_and_refused_where_it_is_not(SigningAlgorithm algorithm) {
        SigningKey key = SigningKey.generate("SKone", algorithm);
        String sessionJwt = aSession().signedBy(key);
        Set<SigningAlgorithm> others = EnumSet.complementOf(EnumSet.of(algorithm));

        Session session = validatorOf(key, EnumSet.of(algorithm)).validate(sessionJwt);

        assertThat(session.subject()).isNotBlank();
        assertRefused(
                Reason.UNSUPPORTED_ALGORITHM, () -> validatorOf(key, others).validate(sessionJwt));
    }

    @Test
    void J3_an_algorithm_that_the_key_is_not_for_is_refused_although_it_is_allowed() {
        SigningKey elliptic = SigningKey.generate("SKgenuine", SigningAlgorithm.ES256);

        assertRefused(
                Reason.UNSUPPORTED_ALGORITHM,
                () -> validatorOf(KEY, EnumSet.allOf(SigningAlgorithm.class))
                        .validate(aSession().signedBy(elliptic)));
    }

    @ParameterizedTest
    @MethodSource
    void a_token_whose_id_is_no_text_is_refused_as_other_libraries_do(String tokenId) {
        assertRefused(
                Reason.INVALID_CLAIM,
                () -> validator.validate(aSession().withJson("jti", tokenId).signedBy(KEY)));
        assertRefused(
                Reason.INVALID_CLAIM,
                () -> validator.validateRefresh(
                        aRefreshToken().withJson("jti", tokenId).signedBy(KEY)));
    }

    static Stream<String> a_token_whose_id_is_no_text_is_refused_as_other_libraries_do() {
        return Stream.concat(
                Corpus.read("tokens_jti.json")
                        .cases()
                        .map(theCase ->
                                theCase.getOrDefault("jti", JsonValue.NULL).toString()),
                Stream.of("null"));
    }

    @Test
    void a_token_with_an_id_is_accepted() {
        assertThat(validator
                        .validate(aSession().with("jti", "01J9").signedBy(KEY))
                        .claim("jti"))
                .contains("01J9");
    }

    @Test
    void J4_an_unknown_key_id_is_refused_and_logged_cut_to_64_characters() {
        SigningKey unknown = new SigningKey("x".repeat(128), SigningAlgorithm.RS256, FORGER.pair());
        try (LogRecorder log = LogRecorder.ofThisPackage()) {
            assertRefused(
                    Reason.UNKNOWN_KEY, () -> validator.validate(aSession().signedBy(unknown)));

            assertThat(log.text()).contains("x".repeat(64)).doesNotContain("x".repeat(65));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"SK\\r\\nX: 1\"",
                "\"${jndi:ldap://x}\"",
                "\"\\u001b[31m\"",
                "\"\"",
                "7",
                "null",
                "[\"SKgenuine\"]"
            })
    void J4_a_key_id_that_no_key_can_have_is_refused_without_a_look(String keyId) {
        KeySource untouchable = id -> {
            throw new AssertionError("nobody may look");
        };
        String sessionJwt = aSession().withHeader("kid", keyId).signedBy(KEY);

        assertRefused(
                Reason.MALFORMED,
                () -> SessionValidator.of(Corpus.defaultRules(), untouchable, CLOCK)
                        .validate(sessionJwt));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "cty", "zip", "enc", "p2c"})
    void J5_J6_J27_a_header_that_brings_keys_or_extensions_is_refused(String parameter) {
        assertRefused(
                Reason.MALFORMED,
                () -> validator.validate(
                        aSession().withHeader(parameter, "null").signedBy(KEY)));
    }

    @Test
    void J7_a_token_of_a_forger_is_refused() {
        assertRefused(Reason.BAD_SIGNATURE, () -> validator.validate(aSession().signedBy(FORGER)));
    }

    @ParameterizedTest
    @CsvSource({"16384, BAD_SIGNATURE", "16385, MALFORMED"})
    void J14_a_token_is_at_most_16384_characters_long(int length, Reason reason) {
        String genuine = aSession().signedBy(KEY);
        String unsigned = genuine.substring(0, genuine.lastIndexOf('.') + 1);

        assertRefused(reason, () -> validator.validate(unsigned + "A".repeat(length - unsigned.length())));
    }

    @Test
    void J15_a_genuine_token_of_many_tenants_is_accepted() {
        String tenants = "{"
                + "\"T2aaaaaaaaaaaaaaaaaaaaaaaaaN\":{\"roles\":[\"Tenant Admin\"],\"permissions\":[\"User Admin\"]},"
                        .repeat(80)
                + "\"T\":{}}";
        for (int i = 0; i < 80; i++) {
            tenants = tenants.replaceFirst("aN\"", "a" + i + "\"");
        }
        String sessionJwt = aSession().withJson("tenants", tenants).signedBy(KEY);

        assertThat(sessionJwt).hasSizeGreaterThan(8000);
        assertThat(validator.validate(sessionJwt).tenants()).hasSize(81);
    }

    @ParameterizedTest
    @CsvSource({"-6, EXPIRED", "-5, EXPIRED", "-4,", "0,", "1,"})
    void J17_a_session_ends_5_seconds_after_its_expiry(long offset, Reason reason) {
        assertJudged(reason, aSession().with("exp", TokenMint.NOW.getEpochSecond() + offset));
    }

    @ParameterizedTest
    @CsvSource({"-4, true", "-5, false"})
    void J17_a_part_of_a_second_of_the_clock_counts(long offset, boolean isAccepted) {
        SessionValidator late = SessionValidator.of(
                Corpus.defaultRules(), keysOf(KEY), Clock.fixed(TokenMint.NOW.minusNanos(1), ZoneOffset.UTC));
        String sessionJwt =
                aSession().with("exp", TokenMint.NOW.getEpochSecond() + offset).signedBy(KEY);

        assertThatCode(() -> late.validate(sessionJwt)).doesNotThrowAnyException();
        assertJudged(
                isAccepted ? null : Reason.EXPIRED, aSession().with("exp", TokenMint.NOW.getEpochSecond() + offset));
    }

    @ParameterizedTest
    @CsvSource({
        "nbf, -1000,",
        "nbf, 4,",
        "nbf, 5,",
        "nbf, 6, NOT_YET_VALID",
        "iat, -1000,",
        "iat, 6,",
        "iat, 59,",
        "iat, 60,",
        "iat, 61, NOT_YET_VALID",
        "iat, 3600, NOT_YET_VALID"
    })
    void J17_a_session_begins_5_seconds_before_it_says_and_may_be_made_a_minute_ahead_of_our_clock(
            String claim, long offset, Reason reason) {
        assertJudged(reason, aSession().with(claim, TokenMint.NOW.getEpochSecond() + offset));
    }

    @ParameterizedTest
    @CsvSource({
        "nbf, 5, 4, INVALID_CLAIM", "nbf, 5, 5,", "nbf, 5, 6,", "nbf, -3, -4, INVALID_CLAIM", "nbf, -4, -4,",
        "iat, 5, 4, INVALID_CLAIM", "iat, 5, 5,", "iat, 5, 6,", "iat, -3, -4, INVALID_CLAIM", "iat, -4, -4,"
    })
    void J17_leeway_makes_no_session_out_of_one_that_ends_before_it_begins(
            String claim, long start, long end, Reason reason) {
        long now = TokenMint.NOW.getEpochSecond();

        assertJudged(
                reason,
                aSession()
                        .with(claim, now + start)
                        .with("exp", now + end)
                        .without(claim.equals("nbf") ? "iat" : "nbf"));
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -5, 999999999, EXPIRED",
        "exp, -4, 000000000,",
        "nbf, 5, 0,",
        "nbf, 5, 000000001, NOT_YET_VALID",
        "nbf, 4, 999999999,",
        "iat, 60, 0,",
        "iat, 60, 000000001, NOT_YET_VALID",
        "iat, 59, 999999999,"
    })
    void J17_a_part_of_a_second_in_a_claim_makes_no_session_longer(
            String claim, long offset, String fraction, Reason reason) {
        String time = TokenMint.NOW.getEpochSecond() + offset + "." + fraction;

        assertJudged(reason, aSession().without("iat").withJson(claim, time));
    }

    @Test
    void J17_the_times_of_a_session_are_whole_seconds() {
        long now = TokenMint.NOW.getEpochSecond();

        Session session = validator.validate(aSession()
                .withJson("iat", now + ".75")
                .withJson("exp", now + 1 + ".75")
                .signedBy(KEY));

        assertThat(session.issuedAt()).contains(TokenMint.NOW);
        assertThat(session.expiresAt()).isEqualTo(TokenMint.NOW.plusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 60, true", "PT0S, 61, false", "PT2M, 120, true", "PT2M, 121, false"})
    void J17_a_larger_leeway_counts_for_the_time_of_issue_too_and_a_smaller_one_does_not(
            Duration leeway, long offset, boolean isAccepted) {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .leeway(leeway)
                .build();
        String sessionJwt =
                aSession().with("iat", TokenMint.NOW.getEpochSecond() + offset).signedBy(KEY);

        assertThat(isAccepted(SessionValidator.of(rules, keysOf(KEY), CLOCK), sessionJwt))
                .isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0, false", "PT0S, 1, true", "PT5M, -300, false", "PT5M, -299, true"})
    void J17_the_leeway_is_a_setting(Duration leeway, long offset, boolean isAccepted) {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .leeway(leeway)
                .build();
        String sessionJwt = aSession()
                .without("iat")
                .with("exp", TokenMint.NOW.getEpochSecond() + offset)
                .signedBy(KEY);

        assertThat(isAccepted(SessionValidator.of(rules, keysOf(KEY), CLOCK), sessionJwt))
                .isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"1760000600\"",
                "\"2030-01-01\"",
                "true",
                "[1760000600]",
                "{}",
                "9223372036854775808",
                "18446744073709551616",
                "1e30",
                "1e400",
                "1760000600000",
                "253402300800"
            })
    void J16_an_expiry_that_is_no_date_is_refused(String exp) {
        assertJudged(Reason.INVALID_CLAIM, aSession().withJson("exp", exp));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "-1e1000000000", "1e-1000000000", "1e99999999999", "1e1001"})
    void J13_J16_a_number_that_nobody_can_expand_is_refused_before_anybody_tries(String number) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"SKgenuine\"}";

        assertRefused(
                Reason.MALFORMED, () -> validator.validate(TokenMint.signed(KEY, header, "{\"exp\":" + number + "}")));
        assertRefused(
                Reason.MALFORMED,
                () -> validator.validate(
                        TokenMint.signed(KEY, "{\"x\":" + number + "," + header.substring(1), "{\"drn\":\"DS\"}")));
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void J13_claims_are_nested_at_most_64_deep(int depth, boolean isAccepted) {
        String nested = "[".repeat(depth - 1) + "]".repeat(depth - 1);

        assertJudged(isAccepted ? null : Reason.MALFORMED, aSession().withJson("x", nested));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s ",
                " %s\n",
                "%s{}",
                "%s,",
                "[%s]",
                "\uFEFF%s",
                "/**/%s",
                "%s//",
                "%s\u0000",
                "",
                " ",
                "null",
                "%s%s"
            })
    void J12_only_whitespace_may_stand_around_the_claims(String frame) {
        String claims = "{\"drn\":\"DS\",\"iss\":\"" + Corpus.PROJECT_ID + "\",\"sub\":\"U\",\"exp\":1760000600}";
        String header = "{\"alg\":\"RS256\",\"kid\":\"SKgenuine\"}";
        String sessionJwt = TokenMint.signed(KEY, header, frame.replace("%s", claims));

        if (frame.isBlank() || !frame.replace("%s", "").isBlank() || frame.equals("%s%s")) {
            assertRefused(Reason.MALFORMED, () -> validator.validate(sessionJwt));
        } else {
            assertThat(validator.validate(sessionJwt).subject()).isEqualTo("U");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\":1,\"a\":1",
                "\"a\":1,\"\\u0061\":2",
                "\"a\":null,\"a\":1",
                "\"x\":{\"b\":1,\"b\":2}",
                "\"x\":[{\"b\":1,\"\\u0062\":2}]",
                "\"x\":\"\\ud800\"",
                "\"\\udc00\":1",
                "\"x\":\"\\ud800\\u0041\"",
                "\"x\":01",
                "\"x\":+1",
                "\"x\":.5",
                "\"x\":1.",
                "\"x\":NaN",
                "\"x\":0x10",
                "\"x\":'y'",
                "\"x\":\"\t\"",
                "\"x\":\"\\q\"",
                "\"x\":tru",
                "x:1",
                "\"x\" 1",
                "\"x\":1,",
                "\"x\":[1,]",
                "\"x\":[1 2]",
                "\"x\":]",
                "\"x\":}"
            })
    void J12_claims_that_two_parsers_could_read_differently_are_refused(String members) {
        String claims = "{\"drn\":\"DS\",\"iss\":\"" + Corpus.PROJECT_ID + "\",\"sub\":\"U\",\"exp\":1760000600,"
                + members + "}";
        String header = "{\"alg\":\"RS256\",\"kid\":\"SKgenuine\"}";

        assertRefused(Reason.MALFORMED, () -> validator.validate(TokenMint.signed(KEY, header, claims)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P2abcdefghijklmnopqrstuvwxyz | true",
                "https://api.descope.com/P2abcdefghijklmnopqrstuvwxyz | true",
                "https://api.descope.com/v1/apps/P2abcdefghijklmnopqrstuvwxyz | true",
                "http://api.descope.com/P2abcdefghijklmnopqrstuvwxyz | false",
                "https://api.descope.com:443/P2abcdefghijklmnopqrstuvwxyz | false",
                "https://api.descope.com//P2abcdefghijklmnopqrstuvwxyz | false",
                "https://api.descope.com/v2/apps/P2abcdefghijklmnopqrstuvwxyz | false",
                "P2zyxwvutsrqponmlkjihgfedcba | false"
            })
    void J19_J20_an_issuer_is_one_of_three_exact_texts(String issuer, boolean isAccepted) {
        assertJudged(isAccepted ? null : Reason.WRONG_ISSUER, aSession().with("iss", issuer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | true | false",
                "'\"P2abcdefghijklmnopqrstuvwxyz\"' | true | false",
                "'[\"x\",\"P2abcdefghijklmnopqrstuvwxyz\"]' | true | false",
                "'\"api://orders\"' | false | true",
                "'[\"api://orders\"]' | false | true",
                "'[\"api://orders\",7]' | false | false",
                "[] | false | false",
                "7 | false | false",
                "{} | false | false"
            })
    void J22_J23_J24_an_audience_includes_the_project_or_what_is_configured(
            String audience, boolean isAccepted, boolean isAcceptedForOrders) {
        String sessionJwt = aSession().withJson("aud", audience).signedBy(KEY);
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .audience("api://orders")
                .build();

        assertThat(isAccepted(validator, sessionJwt)).isEqualTo(isAccepted);
        assertThat(isAccepted(SessionValidator.of(rules, keysOf(KEY), CLOCK), sessionJwt))
                .isEqualTo(isAcceptedForOrders);
    }

    @Test
    void J24_a_configured_audience_must_be_there() {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .audience("api://orders")
                .build();

        assertRefused(
                Reason.WRONG_AUDIENCE,
                () -> SessionValidator.of(rules, keysOf(KEY), CLOCK)
                        .validate(aSession().signedBy(KEY)));
    }

    @Test
    void J24_of_several_configured_audiences_one_must_be_there() {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .audiences(Set.of("api://orders", "api://stock"))
                .build();
        SessionValidator several = SessionValidator.of(rules, keysOf(KEY), CLOCK);

        assertThat(isAccepted(several, aSession().with("aud", "api://stock").signedBy(KEY)))
                .isTrue();
        assertThat(isAccepted(
                        several,
                        aSession().withJson("aud", "[\"x\", \"api://orders\"]").signedBy(KEY)))
                .isTrue();
        assertThat(isAccepted(several, aSession().with("aud", "api://bills").signedBy(KEY)))
                .isFalse();
        assertThat(isAccepted(
                        several,
                        aSession().withJson("aud", "[null, \"api://orders\"]").signedBy(KEY)))
                .isFalse();
        assertThat(isAccepted(several, aSession().signedBy(KEY))).isFalse();
    }

    @Test
    void J26_a_token_that_is_bound_to_a_key_is_no_bearer_token() {
        assertJudged(Reason.WRONG_KIND, aSession().withJson("cnf", "{\"jkt\":\"x\"}"));
        assertJudged(Reason.WRONG_KIND, aSession().withJson("cnf", "null"));
    }

    @Test
    void a_token_that_is_refused_anyway_asks_nobody_for_its_key() {
        KeySource unavailable = id -> {
            throw new KeysUnavailableException("down");
        };
        SessionValidator cold = SessionValidator.of(Corpus.defaultRules(), unavailable, CLOCK);

        assertRefused(
                Reason.EXPIRED,
                () -> cold.validate(aSession().with("exp", 1_000_000_000).signedBy(KEY)));
        assertThatThrownBy(() -> cold.validate(aSession().signedBy(KEY))).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void C5_an_expired_token_says_whom_it_was_for_and_no_other_refusal_does() {
        assertThatThrownBy(() ->
                        validator.validate(aSession().with("exp", 1_000_000_000).signedBy(KEY)))
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        e -> assertThat(e.expiredSubject()).contains("U2abcdefghijklmnopqrstuvwxyz"));
        assertThatThrownBy(() -> validator.validate(aSession().signedBy(FORGER)))
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        e -> assertThat(e.expiredSubject()).isEmpty());
    }

    @Test
    void required_keys_are_the_key_sources_business() {
        KeyService service = new KeyService(KEY);
        service.goDown();
        SessionValidator cold = SessionValidator.of(Corpus.defaultRules(), KeySource.caching(service, CLOCK), CLOCK);

        assertThatThrownBy(cold::requireKeys).isInstanceOf(KeysUnavailableException.class);
        assertThatCode(validator::requireKeys).doesNotThrowAnyException();
    }

    @Test
    void J7_J10_J11_J32_no_single_character_of_a_token_can_be_changed() {
        String genuine = aSession().withJson("roles", "[\"admin\"]").signedBy(KEY);
        validator.validate(genuine); // so that it is remembered
        Random random = new Random(20261122);
        for (int i = 0; i < 6000; i++) {
            int position = random.nextInt(genuine.length());
            String mutated = genuine.substring(0, position) + randomCharacter(random) + genuine.substring(position + 1);
            if (!mutated.equals(genuine)) {
                assertThatThrownBy(() -> validator.validate(mutated))
                        .as(mutated)
                        .isInstanceOf(InvalidSessionException.class);
            }
        }
    }

    @Test
    void J9_J32_no_character_can_be_added_to_a_token_or_taken_away() {
        String genuine = aSession().signedBy(KEY);
        validator.validate(genuine); // so that it is remembered
        Random random = new Random(1122);
        for (int i = 0; i < 3000; i++) {
            int position = random.nextInt(genuine.length());
            String longer = genuine.substring(0, position) + randomCharacter(random) + genuine.substring(position);
            String shorter = genuine.substring(0, position) + genuine.substring(position + 1);
            assertThatThrownBy(() -> validator.validate(longer)).as(longer).isInstanceOf(InvalidSessionException.class);
            assertThatThrownBy(() -> validator.validate(shorter))
                    .as(shorter)
                    .isInstanceOf(InvalidSessionException.class);
        }
    }

    private static char randomCharacter(Random random) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
        return random.nextInt(8) == 0
                ? (char) random.nextInt(0x10000)
                : alphabet.charAt(random.nextInt(alphabet.length()));
    }

    private void assertJudged(@Nullable Reason reason, TokenMint mint) {
        String sessionJwt = mint.signedBy(KEY);
        if (reason == null) {
            assertThat(validator.validate(sessionJwt).subject()).isNotBlank();
        } else {
            assertRefused(reason, () -> validator.validate(sessionJwt));
        }
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static boolean isAccepted(SessionValidator validator, String sessionJwt) {
        try {
            validator.validate(sessionJwt);
            return true;
        } catch (InvalidSessionException e) {
            return false;
        }
    }

    private static SessionValidator validatorOf(SigningKey key, Set<SigningAlgorithm> algorithms) {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .algorithms(algorithms)
                .build();
        return SessionValidator.of(rules, keysOf(key), CLOCK);
    }

    private static KeySource keysOf(SigningKey key) {
        return id -> Optional.of(key.verificationKey()).filter(k -> k.id().equals(id));
    }
}
