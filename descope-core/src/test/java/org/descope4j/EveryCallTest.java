package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewAccessKey;
import org.descope4j.emulator.NewUser;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.session.SigningAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the calls do together, against the emulator: from the first link to the last log-out, in each kind of project. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryCallTest {
    private static final String ADA = "ada@example.com";
    private static final URI VERIFY = URI.create("https://app.example.com/auth/verify");

    private final ShiftedClock clock = new ShiftedClock();
    private DescopeEmulator emulator = DescopeEmulator.start();
    private Descope descope = connected(settings());

    @AfterEach
    void stop() {
        descope.close();
        emulator.close();
    }

    @Test
    void claims_of_the_caller_are_in_the_session_but_grant_nothing() {
        descope.magicLinks()
                .signUpOrIn(
                        DeliveryMethod.EMAIL,
                        ADA,
                        LoginOptions.builder()
                                .redirectUri(VERIFY)
                                .customClaims(Map.of("plan", "pro", "roles", List.of("admin")))
                                .build());

        SignIn signIn = verified(ADA);

        assertThat(signIn.session().customClaims()).containsEntry("plan", "pro");
        assertThat(signIn.session().grants().hasRole("admin")).isFalse();
    }

    @Test
    void a_step_up_builds_upon_the_session_that_is_there() {
        SignIn signIn = signedIn(ADA);
        LoginOptions options = LoginOptions.builder()
                .redirectUri(VERIFY)
                .stepUp(signIn.tokens().refreshJwt())
                .build();

        descope.magicLinks().signIn(DeliveryMethod.EMAIL, ADA, options);

        assertThat(signIn.session().isSteppedUp()).isFalse();
        assertThat(verified(ADA).session().isSteppedUp()).isTrue();
    }

    @Test
    void J21_a_session_jwt_is_no_ground_for_a_step_up_and_nothing_is_sent() {
        SignIn signIn = signedIn(ADA);
        LoginOptions options = LoginOptions.builder()
                .redirectUri(VERIFY)
                .stepUp(signIn.tokens().sessionJwt())
                .build();

        assertThatThrownBy(() -> descope.magicLinks().signIn(DeliveryMethod.EMAIL, ADA, options))
                .isInstanceOf(InvalidSessionException.class);
        assertThat(emulator.inbox().messages(ADA)).hasSize(1);
    }

    @Test
    void a_new_address_is_the_users_once_its_link_was_opened() {
        SignIn signIn = signedIn(ADA);

        LinkSent sent = descope.magicLinks()
                .updateEmail(
                        ADA,
                        "lovelace@example.com",
                        signIn.tokens().refreshJwt(),
                        UpdateOptions.builder()
                                .redirectUri(VERIFY)
                                .addToLoginIds()
                                .build());
        SignIn changed = verified("lovelace@example.com");

        assertThat(sent.maskedRecipient()).endsWith("@example.com");
        assertThat(changed.session().userId()).isEqualTo(signIn.session().userId());
        assertThat(changed.user().email()).contains("lovelace@example.com");
        assertThat(changed.user().isEmailVerified()).isTrue();
        assertThat(changed.user().loginIds()).contains(ADA, "lovelace@example.com");
    }

    @Test
    void an_address_of_somebody_else_is_refused_where_that_is_asked_for() {
        signedIn("eve@example.com");
        SignIn signIn = signedIn(ADA);
        UpdateOptions options = UpdateOptions.builder()
                .redirectUri(VERIFY)
                .addToLoginIds()
                .failOnConflict()
                .build();

        assertThatThrownBy(() -> descope.magicLinks()
                        .updateEmail(ADA, "eve@example.com", signIn.tokens().refreshJwt(), options))
                .isInstanceOfSatisfying(
                        RefusedByDescopeException.class,
                        refused ->
                                assertThat(refused.errorCode()).isEqualTo(RefusedByDescopeException.UPDATE_CONFLICT));
    }

    @Test
    void a_new_number_is_the_users_once_its_link_was_opened() {
        SignIn signIn = signedIn(ADA);

        descope.magicLinks()
                .updatePhone(
                        DeliveryMethod.WHATSAPP,
                        ADA,
                        "+15555550123",
                        signIn.tokens().refreshJwt(),
                        VERIFY);

        SignIn changed = verified("+15555550123");
        assertThat(changed.user().phone()).contains("+15555550123");
        assertThat(changed.user().isPhoneVerified()).isTrue();
    }

    @Test
    void a_good_session_is_not_refreshed_and_an_expired_one_is() {
        SignIn signIn = signedIn(ADA);
        Tokens tokens = signIn.tokens();

        LiveSession good = descope.sessions().validateAndRefresh(tokens.sessionJwt(), tokens.refreshJwt());
        advance(Duration.ofMinutes(11));
        LiveSession expired = descope.sessions().validateAndRefresh(tokens.sessionJwt(), tokens.refreshJwt());
        LiveSession withoutSession = descope.sessions().validateAndRefresh("", tokens.refreshJwt());

        assertThat(good.refreshed()).isEmpty();
        assertThat(expired.refreshed()).isPresent();
        assertThat(expired.session().expiresAt()).isAfter(good.session().expiresAt());
        assertThat(withoutSession.session().userId()).isEqualTo(signIn.session().userId());
    }

    @Test
    void a_good_session_needs_no_refresh_jwt() {
        String sessionJwt = signedIn(ADA).tokens().sessionJwt();

        assertThat(descope.sessions().validateAndRefresh(sessionJwt, "").refreshed())
                .isEmpty();
    }

    @Test
    void without_either_nobody_is_signed_in() {
        assertThatThrownBy(() -> descope.sessions().validateAndRefresh("", ""))
                .isInstanceOf(InvalidSessionException.class);
    }

    @Test
    void C5_an_expired_session_of_one_user_and_the_refresh_jwt_of_another_are_no_session() {
        Tokens ada = signedIn(ADA).tokens();
        Tokens eve = signedIn("eve@example.com").tokens();
        advance(Duration.ofMinutes(11));
        int before = emulator.requests().size();

        assertThatThrownBy(() -> descope.sessions().validateAndRefresh(ada.sessionJwt(), eve.refreshJwt()))
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_SUBJECT));
        assertThat(emulator.requests())
                .filteredOn(request -> request.path().equals("/v1/auth/refresh"))
                .isEmpty();
        assertThat(emulator.requests()).hasSizeGreaterThanOrEqualTo(before);
    }

    @Test
    void who_am_I_where_was_I_and_after_log_out_nobody() {
        emulator.users()
                .add(NewUser.builder(ADA)
                        .name("Ada Lovelace")
                        .roles("editor")
                        .customAttributes(Map.of("plan", "pro", "seats", 3))
                        .tenant("T1", "Analytical Engines", List.of("owner"), List.of("doc.read"))
                        .build());
        Tokens tokens = signedIn(ADA).tokens();

        User me = descope.sessions().me(tokens.refreshJwt());
        List<LoginRecord> history = descope.sessions().loginHistory(tokens.refreshJwt());

        assertThat(me.name()).contains("Ada Lovelace");
        assertThat(me.roleNames()).containsExactly("editor");
        assertThat(me.customAttributes()).containsEntry("plan", "pro").containsEntry("seats", 3L);
        assertThat(me.tenants())
                .containsExactly(new UserTenant("T1", "Analytical Engines", List.of("owner"), List.of("doc.read")));
        assertThat(me.status()).contains("enabled");
        assertThat(history).singleElement().satisfies(login -> {
            assertThat(login.userId()).contains(me.id());
            assertThat(login.loginTime()).isPresent();
        });
        descope.sessions().logout(tokens.refreshJwt());
        assertThatThrownBy(() -> descope.sessions().me(tokens.refreshJwt()))
                .isInstanceOfSatisfying(
                        RefusedByDescopeException.class,
                        refused -> assertThat(refused.errorCode()).isEqualTo(RefusedByDescopeException.LOGGED_OUT));
    }

    @Test
    void a_session_goes_on_for_one_of_the_users_tenants() {
        emulator.users()
                .add(NewUser.builder(ADA)
                        .tenant("T1", "Engines", List.of("owner"), List.of())
                        .tenant("T2", "Looms", List.of("weaver"), List.of())
                        .build());
        String refreshJwt = signedIn(ADA).tokens().refreshJwt();

        assertThat(descope.sessions().selectedTenant(refreshJwt)).isEmpty();
        RefreshedSession selected = descope.sessions().selectTenant(refreshJwt, "T2");

        assertThat(selected.session().currentTenant()).contains("T2");
        assertThat(selected.session().grantsIn("T2").hasAllRoles(List.of("weaver")))
                .isTrue();
        assertThat(descope.sessions().selectedTenant(selected.tokens().refreshJwt()))
                .get()
                .extracting(Tenant::name)
                .isEqualTo("Looms");
        assertThat(descope.sessions().tenants(selected.tokens().refreshJwt(), Set.of()))
                .extracting(Tenant::id)
                .containsExactlyInAnyOrder("T1", "T2");
        assertThat(descope.sessions().tenants(selected.tokens().refreshJwt(), Set.of("T1")))
                .extracting(Tenant::id)
                .containsExactly("T1");
        assertThatThrownBy(() -> descope.sessions().selectTenant(refreshJwt, "T3"))
                .isInstanceOf(RefusedByDescopeException.class);
    }

    @Test
    void a_session_is_tried_and_asked_about_until_it_is_logged_out() {
        Tokens tokens = signedIn(ADA).tokens();

        assertThat(descope.sessions().validateAtDescope(tokens.sessionJwt()).userId())
                .isNotEmpty();
        assertThat(descope.sessions().tryRefresh(tokens.refreshJwt()))
                .hasValueSatisfying(
                        refreshed -> assertThat(refreshed.tokens().refreshJwt()).isEqualTo(tokens.refreshJwt()));
        descope.sessions().logout(tokens.refreshJwt());

        assertThat(descope.sessions().tryRefresh(tokens.refreshJwt())).isEmpty();
        assertThatThrownBy(() -> descope.sessions().validateAtDescope(tokens.refreshJwt()))
                .isInstanceOf(InvalidSessionException.class);
    }

    @Test
    void a_machine_gets_a_session_for_its_key() {
        String accessKey = emulator.accessKeys()
                .add(NewAccessKey.builder("nightly import")
                        .roles("service")
                        .tenant("T1", "Engines", List.of("importer"), List.of())
                        .build());

        AccessKeySession plain = descope.sessions().exchangeAccessKey(accessKey);
        AccessKeySession forTenant = descope.sessions()
                .exchangeAccessKey(
                        accessKey,
                        AccessKeyOptions.builder()
                                .selectedTenant("T1")
                                .customClaims(Map.of("run", 7))
                                .build());

        assertThat(plain.session().grants().hasRole("service")).isTrue();
        assertThat(plain.keyId()).isNotEmpty();
        assertThat(plain.toString()).doesNotContain(plain.sessionJwt());
        assertThat(forTenant.session().currentTenant()).contains("T1");
        assertThat(forTenant.session().customClaims()).containsEntry("run", 7L);
        assertThatThrownBy(() -> descope.sessions().exchangeAccessKey("K2no-such-access-key"))
                .isInstanceOfSatisfying(
                        RefusedByDescopeException.class,
                        refused -> assertThat(refused.errorCode())
                                .isEqualTo(RefusedByDescopeException.ACCESS_KEY_INVALID));
    }

    @Test
    void a_test_user_signs_in_without_a_message_to_anybody() {
        descope.close();
        descope = connected(settings().managementKey(emulator.managementKey()));
        TestUser testUser = TestUser.withLoginId("e2e@test.example")
                .name("End To End")
                .email("e2e@test.example")
                .roles("editor")
                .customAttributes(Map.of("plan", "pro"))
                .build();

        User created = descope.testUsers().create(testUser);
        TestLink link = descope.testUsers().magicLink(DeliveryMethod.EMAIL, "e2e@test.example", VERIFY);
        SignIn signIn = descope.magicLinks().verify(link.linkToken());

        assertThat(created.isTestUser()).isTrue();
        assertThat(link.link().toString()).startsWith(VERIFY + "?t=");
        assertThat(signIn.user().id()).isEqualTo(created.id());
        assertThat(signIn.session().roles()).containsExactly("editor");
        assertThat(emulator.inbox().messages("e2e@test.example")).isEmpty();
        descope.testUsers().deleteAll();
        assertThatThrownBy(() -> descope.magicLinks().signIn(DeliveryMethod.EMAIL, "e2e@test.example", VERIFY))
                .isInstanceOf(RefusedByDescopeException.class);
    }

    @Test
    void test_users_need_a_management_key_and_the_right_one() {
        assertThatIllegalStateException()
                .isThrownBy(() -> descope.testUsers().deleteAll())
                .withMessageContaining("management key")
                .withMessageContaining("nothing was sent");
        try (Descope wrong = connected(settings().managementKey("K2wrong"))) {
            assertThatThrownBy(() -> wrong.testUsers().deleteAll())
                    .isInstanceOf(RefusedByDescopeException.class)
                    .hasMessageNotContaining("K2wrong");
        }
    }

    @Test
    void a_project_may_hand_its_tokens_out_as_cookies_only_under_names_of_its_own() {
        restart(DescopeEmulator.builder().tokensInCookies(true).cookieNames("MYDS", "MYDSR"));

        SignIn signIn = signedIn(ADA);
        RefreshedSession refreshed = descope.sessions().refresh(signIn.tokens().refreshJwt());

        assertThat(signIn.details().cookies().refreshCookieName()).contains("MYDSR");
        assertThat(signIn.details().cookies().sessionCookieName()).contains("MYDS");
        assertThat(refreshed.session().userId()).isEqualTo(signIn.session().userId());
    }

    @Test
    void a_project_may_demand_a_key_of_its_own_with_every_call() {
        restart(DescopeEmulator.builder().authManagementKey("K2auth"));
        assertThatThrownBy(() -> descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, ADA, VERIFY))
                .isInstanceOf(RefusedByDescopeException.class);
        descope.close();
        descope = connected(settings().authManagementKey("K2auth"));

        Tokens tokens = signedIn(ADA).tokens();

        assertThat(descope.sessions().me(tokens.refreshJwt()).loginIds()).containsExactly(ADA);
        descope.sessions().logoutAll(tokens.refreshJwt());
    }

    @Test
    void an_older_project_signs_otherwise_and_the_refusal_says_what_to_set() {
        restart(DescopeEmulator.builder().signingAlgorithm(org.descope4j.emulator.SigningAlgorithm.ES384));
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, ADA, VERIFY);
        String linkToken = emulator.inbox().latest(ADA).token();
        assertThatThrownBy(() -> descope.magicLinks().verify(linkToken)).hasMessageContaining("descope.algorithms");
        descope.close();
        descope = connected(settings().algorithms(Set.of(SigningAlgorithm.ES384)));

        assertThat(signedIn(ADA).session().userId()).isNotEmpty();
    }

    @Test
    void a_region_and_a_path_of_a_gateway_are_part_of_where_Descope_is() {
        restart(DescopeEmulator.builder().projectId("PEmulator0000000000000000000euc1"));

        assertThat(signedIn(ADA).session().userId()).isNotEmpty();
    }

    private SignIn signedIn(String loginId) {
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, loginId, VERIFY);
        return verified(loginId);
    }

    private SignIn verified(String recipient) {
        return descope.magicLinks().verify(emulator.inbox().latest(recipient).token());
    }

    private void advance(Duration step) {
        emulator.advanceClock(step);
        clock.advance(step);
    }

    private void restart(DescopeEmulator.Builder builder) {
        stop();
        emulator = builder.start();
        descope = connected(settings());
    }

    private DescopeSettings.Builder settings() {
        return DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .clock(clock);
    }

    private static Descope connected(DescopeSettings.Builder settings) {
        return Descope.connect(settings.build());
    }
}
