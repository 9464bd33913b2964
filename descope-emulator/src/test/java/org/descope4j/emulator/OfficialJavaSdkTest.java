package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.descope.client.Config;
import com.descope.client.DescopeClient;
import com.descope.enums.DeliveryMethod;
import com.descope.exception.DescopeException;
import com.descope.exception.ServerCommonException;
import com.descope.model.auth.AuthenticationInfo;
import com.descope.model.jwt.Token;
import com.descope.model.magiclink.LoginOptions;
import com.descope.model.user.User;
import com.descope.sdk.auth.AuthenticationService;
import com.descope.sdk.auth.MagicLinkService;
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

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final DescopeClient client = new DescopeClient(Config.builder()
            .projectId(emulator.projectId())
            .descopeBaseUrl(emulator.baseUri().toString())
            .build());
    private final MagicLinkService magicLinks =
            client.getAuthenticationServices().getMagicLinkService();
    private final AuthenticationService sessions =
            client.getAuthenticationServices().getAuthService();

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
