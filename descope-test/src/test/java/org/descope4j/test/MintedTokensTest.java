package org.descope4j.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.SigningAlgorithm;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MintedTokensTest {
    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private static final DescopeEmulator OLDER =
            DescopeEmulator.builder().signingAlgorithm(SigningAlgorithm.ES384).start();

    @AfterAll
    static void endEmulators() {
        EMULATOR.close();
        OLDER.close();
    }

    static List<DescopeTokens> projects() {
        return List.of(DescopeTokens.create(), DescopeTokens.of(EMULATOR), DescopeTokens.of(OLDER));
    }

    @ParameterizedTest
    @MethodSource("projects")
    void a_session_says_what_the_draft_said(DescopeTokens tokens) {
        String jwt = tokens.session()
                .loginId("ada@example.com")
                .roles("admin", "clerk")
                .permissions("invoices.read")
                .tenant("acme", List.of("owner"), List.of("acme.write"))
                .tenant("globex")
                .claim("dct", "acme")
                .claim("nsec", Map.of("plan", "gold"))
                .jwt();

        Session session = tokens.validator().validate(jwt);

        assertThat(session.roles()).containsExactly("admin", "clerk");
        assertThat(session.permissions()).containsExactly("invoices.read");
        assertThat(session.tenants()).containsExactly("acme", "globex");
        assertThat(session.rolesIn("acme")).containsExactly("owner");
        assertThat(session.permissionsIn("acme")).containsExactly("acme.write");
        assertThat(session.currentTenant()).contains("acme");
        assertThat(session.customClaims()).containsEntry("plan", "gold");
        assertThat(session.authenticationMethods()).containsExactly("email");
        assertThat(Duration.between(tokens.clock().instant(), session.expiresAt()))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void the_same_login_id_is_the_same_user_and_another_is_another() {
        DescopeTokens tokens = DescopeTokens.create();
        SessionValidator validator = tokens.validator();

        Session ada =
                validator.validate(tokens.session().loginId("ada@example.com").jwt());
        RefreshToken adasRefresh = validator.validateRefresh(
                tokens.refresh().loginId("ada@example.com").jwt());
        Session bob =
                validator.validate(tokens.session().loginId("bob@example.com").jwt());
        Session named = validator.validate(tokens.session().userId("U2named").jwt());

        assertThat(ada.userId()).isEqualTo(adasRefresh.subject()).isNotEqualTo(bob.userId());
        assertThat(named.userId()).isEqualTo("U2named");
    }

    static Stream<Object[]> flaws() {
        return projects().stream()
                .flatMap(tokens -> Arrays.stream(Reason.values())
                        .filter(reason -> reason != Reason.WRONG_SUBJECT)
                        .map(reason -> new Object[] {tokens, reason}));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("flaws")
    void a_token_is_refused_for_exactly_the_flaw_that_it_was_given(DescopeTokens tokens, Reason flaw) {
        SessionValidator validator = tokens.validator();
        String sessionJwt = tokens.session().roles("admin").refusedFor(flaw).jwt();
        String refreshJwt = tokens.refresh().refusedFor(flaw).jwt();

        assertThatExceptionOfType(InvalidSessionException.class)
                .isThrownBy(() -> validator.validate(sessionJwt))
                .extracting(InvalidSessionException::reason)
                .isEqualTo(flaw);
        assertThatExceptionOfType(InvalidSessionException.class)
                .isThrownBy(() -> validator.validateRefresh(refreshJwt))
                .extracting(InvalidSessionException::reason)
                .isEqualTo(flaw);
    }

    @Test
    void one_token_alone_cannot_be_of_the_wrong_subject() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeTokens.create().session().refusedFor(Reason.WRONG_SUBJECT))
                .withMessageContaining("two login IDs");
    }

    @ParameterizedTest
    @MethodSource("projects")
    void a_session_expires_when_the_clock_of_the_project_says_so(DescopeTokens tokens) {
        SessionValidator validator = tokens.validator();
        String jwt = tokens.session().lifetime(Duration.ofMinutes(30)).jwt();

        tokens.advanceClock(Duration.ofMinutes(29));
        assertThat(validator.validate(jwt)).isNotNull();
        tokens.advanceClock(Duration.ofMinutes(2));

        assertThatExceptionOfType(InvalidSessionException.class)
                .isThrownBy(() -> validator.validate(jwt))
                .extracting(InvalidSessionException::reason)
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void J3_no_project_accepts_what_another_minted() {
        DescopeTokens one = DescopeTokens.create();
        DescopeTokens another = DescopeTokens.create();
        String jwt = one.session().jwt();

        assertThat(another.projectId()).isEqualTo(one.projectId());
        assertThatExceptionOfType(InvalidSessionException.class)
                .isThrownBy(() -> another.validator().validate(jwt))
                .extracting(InvalidSessionException::reason)
                .isEqualTo(Reason.UNKNOWN_KEY);
    }

    @Test
    void a_client_that_fetches_its_keys_from_the_emulator_accepts_what_was_minted_for_it() {
        DescopeSettings settings = DescopeSettings.forProject(EMULATOR.projectId())
                .baseUri(EMULATOR.baseUri().toString())
                .clock(EMULATOR.clock())
                .build();
        DescopeTokens tokens = DescopeTokens.of(EMULATOR);

        try (Descope descope = Descope.connect(settings)) {
            Session session =
                    descope.validator().validate(tokens.session().roles("admin").jwt());

            assertThat(session.roles()).containsExactly("admin");
            assertThat(EMULATOR.inbox().messages()).isEmpty();
        }
    }

    @Test
    void keys_that_the_emulator_rotates_and_revokes_count_at_once() {
        DescopeTokens tokens = DescopeTokens.of(EMULATOR);
        String before = tokens.session().jwt();

        EMULATOR.rotateAndRevokeKeys();

        assertThat(tokens.validator().validate(tokens.session().jwt())).isNotNull();
        assertThatExceptionOfType(InvalidSessionException.class)
                .isThrownBy(() -> tokens.validator().validate(before))
                .extracting(InvalidSessionException::reason)
                .isEqualTo(Reason.UNKNOWN_KEY);
    }

    @Test
    void a_connection_for_code_under_test_judges_offline_and_reaches_nobody() {
        DescopeTokens tokens = DescopeTokens.create();

        try (Descope descope = tokens.descope()) {
            assertThat(descope.validator().validate(tokens.session().jwt())).isNotNull();
            assertThatExceptionOfType(DescopeUnavailableException.class)
                    .isThrownBy(() -> descope.sessions().me(tokens.refresh().jwt()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"EXPIRED", "WRONG_KIND"})
    void L1_the_text_of_a_draft_holds_no_personal_datum(Reason reason) {
        TokenDraft draft = DescopeTokens.create()
                .session()
                .loginId("ada@example.com")
                .name("Ada")
                .refusedFor(reason);

        assertThat(draft.toString()).isEqualTo("TokenDraft[DS, " + reason + "]");
    }
}
