package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.descope.client.Config;
import com.descope.client.DescopeClient;
import com.descope.enums.DeliveryMethod;
import com.descope.exception.DescopeException;
import com.descope.exception.RateLimitExceededException;
import com.descope.exception.ServerCommonException;
import com.descope.model.auth.AccessKeyLoginOptions;
import com.descope.model.auth.AssociatedTenant;
import com.descope.model.auth.AuthenticationInfo;
import com.descope.model.auth.AuthenticationServices;
import com.descope.model.auth.UpdateOptions;
import com.descope.model.jwt.Token;
import com.descope.model.magiclink.LoginOptions;
import com.descope.model.user.User;
import com.descope.model.user.request.UserRequest;
import com.descope.model.user.response.MagicLinkTestUserResponse;
import com.descope.model.user.response.UserResponse;
import com.descope.sdk.auth.AuthenticationService;
import com.descope.sdk.auth.MagicLinkService;
import com.descope.sdk.mgmt.TenantService;
import com.descope.sdk.mgmt.UserService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official Java SDK, unmodified. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OfficialJavaSdkTest {
    private static final String ANA = "ana@example.com";
    private static final String TESTER = "e2e@test.example";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final DescopeClient client = new DescopeClient(Config.builder()
            .projectId(emulator.projectId())
            .descopeBaseUrl(emulator.baseUri().toString())
            .managementKey(emulator.managementKey())
            .build());
    private final MagicLinkService magicLinks =
            client.getAuthenticationServices().getMagicLinkService();
    private final AuthenticationService sessions =
            client.getAuthenticationServices().getAuthService();
    private final UserService managedUsers = client.getManagementServices().getUserService();
    private final TenantService managedTenants = client.getManagementServices().getTenantService();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void sign_up_or_in_verify_validate_refresh_me_and_logout() {
        String masked = magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);
        assertThat(masked).isEqualTo("a***@example.com");

        AuthenticationInfo signIn = verifyLatest(ANA);
        assertThat(signIn.getFirstSeen()).isTrue();
        assertThat(signIn.getUser().getLoginIds()).containsExactly(ANA);
        assertThat(signIn.getUser().getVerifiedEmail()).isTrue();
        String sessionJwt = signIn.getToken().getJwt();
        String refreshJwt = signIn.getRefreshToken().getJwt();

        Token session = sessions.validateSessionWithToken(sessionJwt);
        assertThat(session.getId()).isEqualTo(signIn.getUser().getUserId());
        assertThat(session.getClaims()).containsEntry("drn", "DS");

        Token refreshed = sessions.refreshSessionWithToken(refreshJwt);
        assertThat(refreshed.getJwt()).isNotEqualTo(sessionJwt);
        assertThat(sessions.refreshSessionWithTokenAuthenticationInfo(refreshJwt)
                        .getUser()
                        .getEmail())
                .isEqualTo(ANA);
        assertThat(sessions.validateAndRefreshSessionWithTokens("", refreshJwt).getJwt())
                .isNotEmpty();
        assertThat(sessions.me(refreshJwt).getUserId()).isEqualTo(session.getId());

        sessions.logout(refreshJwt);
        assertRefused("E064001", () -> sessions.refreshSessionWithToken(refreshJwt));
        assertRefused("E064001", () -> sessions.me(refreshJwt));
    }

    @Test
    void sign_up_with_a_profile_then_sign_in_with_custom_claims() {
        User profile = User.builder()
                .name("Ana Example")
                .givenName("Ana")
                .phone("+1 555-123-4567")
                .build();
        magicLinks.signUp(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT, profile);
        AuthenticationInfo signUp = verifyLatest(ANA);
        assertThat(signUp.getUser().getName()).isEqualTo("Ana Example");
        assertThat(signUp.getUser().getGivenName()).isEqualTo("Ana");
        assertThat(signUp.getUser().getPhone()).isEqualTo("+15551234567");

        LoginOptions options =
                LoginOptions.builder().customClaims(Map.of("plan", "pro")).build();
        magicLinks.signIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT, null, options);
        AuthenticationInfo signIn = verifyLatest(ANA);

        assertThat(signIn.getFirstSeen()).isFalse();
        assertThat(signIn.getToken().getClaims()).containsEntry("nsec", Map.of("plan", "pro"));
        assertThat(signIn.getUser().getUserId()).isEqualTo(signUp.getUser().getUserId());
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "WHATSAPP"})
    void phones_are_served_too(DeliveryMethod method) {
        magicLinks.signUp(method, "+15551234567", Caller.REDIRECT, new User());
        magicLinks.signIn(method, "+1 555 123 4567", Caller.REDIRECT, null, null);

        AuthenticationInfo signIn = verifyLatest("+15551234567");

        assertThat(signIn.getUser().getVerifiedPhone()).isTrue();
        assertThat(signIn.getToken().getClaims()).containsEntry("amr", List.of(method.getValue()));
    }

    @Test
    void roles_permissions_and_tenants_are_understood() {
        emulator.users()
                .add(NewUser.builder(ANA)
                        .roles("editor")
                        .permissions("doc.read")
                        .tenant("T2acme", "Acme", List.of("admin"), List.of("doc.write"))
                        .build());
        magicLinks.signIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT, null, null);

        Token session = verifyLatest(ANA).getToken();

        assertThat(sessions.validateRoles(session, List.of("editor"))).isTrue();
        assertThat(sessions.validateRoles(session, List.of("admin"))).isFalse();
        assertThat(sessions.validatePermissions(session, List.of("doc.read"))).isTrue();
        assertThat(sessions.validateRoles(session, "T2acme", List.of("admin"))).isTrue();
        assertThat(sessions.validatePermissions(session, "T2acme", List.of("doc.write")))
                .isTrue();
        assertThat(sessions.getTenantIds(session)).containsExactly("T2acme");
    }

    @Test
    void e_mail_and_phone_are_updated() {
        String refreshJwt = signIn(ANA).getRefreshToken().getJwt();
        UpdateOptions adding = UpdateOptions.builder().addToLoginIds(true).build();

        String masked = magicLinks.updateUserEmail(
                ANA, "new@example.com", Caller.REDIRECT, refreshJwt, adding, Map.of("app", "Acme"));
        assertThat(masked).isEqualTo("n***@example.com");
        assertThat(emulator.inbox().latest("new@example.com").templateOptions()).containsEntry("app", "Acme");
        AuthenticationInfo byEmail = verifyLatest("new@example.com");
        assertThat(byEmail.getUser().getEmail()).isEqualTo("new@example.com");
        assertThat(byEmail.getUser().getLoginIds()).containsExactly(ANA, "new@example.com");

        for (DeliveryMethod method : List.of(DeliveryMethod.SMS, DeliveryMethod.WHATSAPP)) {
            magicLinks.updateUserPhone(
                    method, ANA, "+1-555-555-5556", Caller.REDIRECT, refreshJwt, new UpdateOptions());
            AuthenticationInfo byPhone = verifyLatest("+15555555556");
            assertThat(byPhone.getUser().getPhone()).isEqualTo("+15555555556");
            assertThat(byPhone.getUser().getVerifiedPhone()).isTrue();
        }
        String bobs = signIn("bob@example.com").getRefreshToken().getJwt();
        assertRefused(
                "E061005",
                () -> magicLinks.updateUserEmail(ANA, "x@example.com", Caller.REDIRECT, bobs, new UpdateOptions()));
    }

    @Test
    void users_are_merged_as_the_options_say() {
        String existing = signIn("new@example.com").getUser().getUserId();
        String refreshJwt = signIn(ANA).getRefreshToken().getJwt();
        UpdateOptions options = UpdateOptions.builder()
                .addToLoginIds(true)
                .onMergeUseExisting(true)
                .build();

        magicLinks.updateUserEmail(ANA, "new@example.com", Caller.REDIRECT, refreshJwt, options);
        AuthenticationInfo merged = verifyLatest("new@example.com");

        assertThat(merged.getUser().getUserId()).isEqualTo(existing);
        assertThat(merged.getUser().getLoginIds()).containsExactlyInAnyOrder(ANA, "new@example.com");
        assertRefused("E064001", () -> sessions.me(refreshJwt));
    }

    @Test
    void a_step_up_and_a_second_factor_are_claimed() {
        emulator.users().add(NewUser.builder(ANA).phone("+15551234567").build());
        String refreshJwt = signIn(ANA).getRefreshToken().getJwt();

        magicLinks.signIn(
                DeliveryMethod.EMAIL,
                ANA,
                Caller.REDIRECT,
                refreshJwt,
                LoginOptions.builder().stepup(true).build());
        assertThat(verifyLatest(ANA).getToken().getClaims()).containsEntry("su", true);

        magicLinks.signIn(
                DeliveryMethod.SMS,
                ANA,
                Caller.REDIRECT,
                refreshJwt,
                LoginOptions.builder().mfa(true).revokeOtherSessions(true).build());
        AuthenticationInfo secondFactor = verifyLatest("+15551234567");
        assertThat(secondFactor.getToken().getClaims()).containsEntry("amr", List.of("email", "sms", "mfa"));
        assertRefused("E064001", () -> sessions.me(refreshJwt));
    }

    @Test
    void a_tenant_is_selected_and_the_sign_ins_are_told() {
        emulator.users()
                .add(NewUser.builder(ANA)
                        .tenant("T2acme", "Acme", List.of("admin"), List.of())
                        .build());
        String refreshJwt = signIn(ANA).getRefreshToken().getJwt();

        AuthenticationInfo selected = sessions.selectTenant("T2acme", refreshJwt);

        assertThat(selected.getToken().getClaims()).containsEntry("dct", "T2acme");
        assertThat(selected.getRefreshToken().getJwt()).isNotEmpty();
        assertRefused("E011004", () -> sessions.selectTenant("T2other", refreshJwt));
        assertThat(sessions.history(refreshJwt)).singleElement().satisfies(entry -> {
            assertThat(entry.getUserId()).isEqualTo(selected.getUser().getUserId());
            assertThat(entry.getLoginTimeInstant())
                    .isBeforeOrEqualTo(emulator.clock().instant());
        });
    }

    @Test
    void an_access_key_is_exchanged() {
        String key = emulator.accessKeys()
                .add(NewAccessKey.builder("job")
                        .roles("reader")
                        .customClaims(Map.of("team", "ops"))
                        .build());

        Token session = sessions.exchangeAccessKey(
                key,
                AccessKeyLoginOptions.builder().customClaims(Map.of("k1", "v1")).build());

        assertThat(session.getClaims())
                .containsEntry("team", "ops")
                .containsEntry("nsec", Map.of("k1", "v1"))
                .containsEntry("roles", List.of("reader"));
        assertThat(sessions.validateSessionWithToken(session.getJwt()).getId()).startsWith("K2");
        assertRefused("E062803", () -> sessions.exchangeAccessKey("wrong"));
    }

    @Test
    void users_and_links_are_managed() {
        managedTenants.createWithId("T2acme", "Acme", List.of());
        assertThat(managedTenants.create("Globex", List.of())).startsWith("T2");
        UserResponse created = managedUsers
                .create(
                        ANA,
                        UserRequest.builder()
                                .displayName("Ana Example")
                                .email(ANA)
                                .verifiedEmail(true)
                                .roleNames(List.of("editor"))
                                .userTenants(List.of(AssociatedTenant.builder()
                                        .tenantId("T2acme")
                                        .roleNames(List.of("admin"))
                                        .build()))
                                .customAttributes(Map.of("plan", "pro"))
                                .additionalIdentifiers(List.of("ana"))
                                .build())
                .getUser();
        assertThat(created.getName()).isEqualTo("Ana Example");
        assertThat(created.getVerifiedEmail()).isTrue();
        assertThat(created.getLoginIds()).containsExactly(ANA, "ana");
        assertThat(created.getRoleNames()).containsExactly("editor");
        assertThat(created.getUserTenants().get(0).getTenantId()).isEqualTo("T2acme");
        assertThat(created.getCustomAttributes()).containsEntry("plan", "pro");

        assertThat(managedUsers
                        .createTestUser(
                                TESTER, UserRequest.builder().email(TESTER).build())
                        .getUser()
                        .getTest())
                .isTrue();
        MagicLinkTestUserResponse generated =
                managedUsers.generateMagicLinkForTestUser(TESTER, Caller.REDIRECT, DeliveryMethod.EMAIL);
        assertThat(generated.getLoginId()).isEqualTo(TESTER);
        assertThat(generated.getLink()).startsWith(Caller.REDIRECT + "?t=");
        AuthenticationInfo signIn = magicLinks.verify(generated.getLink().substring(Caller.REDIRECT.length() + 3));
        assertThat(signIn.getUser().getEmail()).isEqualTo(TESTER);

        managedUsers.logoutUser(TESTER);
        assertRefused("E064001", () -> sessions.me(signIn.getRefreshToken().getJwt()));
        managedUsers.deleteAllTestUsers();
        assertRefused("E112102", () -> managedUsers.logoutUser(TESTER));
        assertThat(emulator.users().all())
                .extracting(user -> user.profile().email())
                .containsExactly(ANA);
    }

    @Test
    void a_wrong_management_key_arrives_with_its_code() {
        UserService unmanaged = new DescopeClient(Config.builder()
                        .projectId(emulator.projectId())
                        .descopeBaseUrl(emulator.baseUri().toString())
                        .managementKey("wrong")
                        .build())
                .getManagementServices()
                .getUserService();

        assertRefused("E111119", () -> unmanaged.logoutUser(ANA));
    }

    @Test
    void a_rate_limit_arrives_after_this_client_tried_twice() {
        emulator.misbehave(Fault.rateLimited(Duration.ofSeconds(1)).times(2));

        assertThatExceptionOfType(RateLimitExceededException.class)
                .isThrownBy(() -> magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT))
                .extracting(RateLimitExceededException::getRetryAfterSeconds)
                .isEqualTo(1L);
        assertThat(emulator.requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(IssuerForm.class)
    void a_project_with_a_region_and_any_issuer_is_understood(IssuerForm form) {
        try (DescopeEmulator regional = DescopeEmulator.builder()
                .projectId("Peuc1Emulator0000000000000000000")
                .issuerForm(form)
                .start()) {
            AuthenticationServices services = new DescopeClient(Config.builder()
                            .projectId(regional.projectId())
                            .descopeBaseUrl(regional.baseUri().toString())
                            .build())
                    .getAuthenticationServices();
            services.getMagicLinkService().signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);

            AuthenticationInfo signIn = services.getMagicLinkService()
                    .verify(regional.inbox().latest(ANA).token());

            assertThat(services.getAuthService()
                            .validateSessionWithToken(signIn.getToken().getJwt())
                            .getId())
                    .isEqualTo(signIn.getUser().getUserId());
        }
    }

    @Test
    void what_is_refused_arrives_with_its_code() {
        assertRefused("E062108", () -> magicLinks.signIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT, null, null));
        magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);
        assertRefused("E062107", () -> magicLinks.signUp(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT, new User()));
        assertRefused("E062504", () -> magicLinks.verify("garbage"));
        assertRefused("E011002", () -> magicLinks.verify(""));

        String used = emulator.inbox().latest(ANA).token();
        magicLinks.verify(used);
        assertRefused("E062504", () -> magicLinks.verify(used));

        magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);
        emulator.advanceClock(Duration.ofMinutes(3));
        assertRefused("E062504", () -> verifyLatest(ANA));
    }

    @Test
    void a_logout_of_all_ends_the_other_sessions() {
        magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);
        String first = verifyLatest(ANA).getRefreshToken().getJwt();
        magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);
        String second = verifyLatest(ANA).getRefreshToken().getJwt();

        sessions.logoutAll(second);

        assertRefused("E064001", () -> sessions.refreshSessionWithToken(first));
    }

    @Test
    void a_rotated_key_is_found_by_a_client_that_has_cached_the_former_one() {
        magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);
        AuthenticationInfo before = verifyLatest(ANA);

        emulator.rotateKeys();

        Token refreshed =
                sessions.refreshSessionWithToken(before.getRefreshToken().getJwt());
        assertThat(sessions.validateSessionWithToken(refreshed.getJwt()).getId())
                .isEqualTo(before.getUser().getUserId());
    }

    private AuthenticationInfo signIn(String loginId) {
        magicLinks.signUpOrIn(DeliveryMethod.EMAIL, loginId, Caller.REDIRECT);
        return verifyLatest(loginId);
    }

    private AuthenticationInfo verifyLatest(String to) {
        return magicLinks.verify(emulator.inbox().latest(to).token());
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(ServerCommonException.class)
                .isThrownBy(call)
                .extracting(DescopeException::getCode)
                .isEqualTo(code);
    }
}
