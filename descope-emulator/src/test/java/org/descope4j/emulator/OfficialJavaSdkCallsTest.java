package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.descope.client.Config;
import com.descope.client.DescopeClient;
import com.descope.enums.DeliveryMethod;
import com.descope.model.auth.AccessKeyLoginOptions;
import com.descope.model.auth.AssociatedTenant;
import com.descope.model.auth.AuthenticationInfo;
import com.descope.model.auth.InviteOptions;
import com.descope.model.auth.UpdateOptions;
import com.descope.model.customattributes.CreateCustomAttributesRequest;
import com.descope.model.customattributes.CustomAttribute;
import com.descope.model.customattributes.DeleteCustomAttributesRequest;
import com.descope.model.jwt.Token;
import com.descope.model.mgmt.ManagementServices;
import com.descope.model.permission.Permission;
import com.descope.model.roles.Role;
import com.descope.model.roles.RoleSearchOptions;
import com.descope.model.tenant.Tenant;
import com.descope.model.tenant.request.TenantSearchRequest;
import com.descope.model.user.User;
import com.descope.model.user.request.BatchUserRequest;
import com.descope.model.user.request.PatchUserRequest;
import com.descope.model.user.request.UserRequest;
import com.descope.model.user.request.UserSearchRequest;
import com.descope.model.user.response.UserResponse;
import com.descope.sdk.auth.AuthenticationService;
import com.descope.sdk.auth.MagicLinkService;
import com.descope.sdk.mgmt.PermissionService;
import com.descope.sdk.mgmt.RolesService;
import com.descope.sdk.mgmt.TenantService;
import com.descope.sdk.mgmt.UserCustomAttributesService;
import com.descope.sdk.mgmt.UserService;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every call of Descope's Java SDK, unmodified, about magic links, sessions and the management calls that set a stage. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OfficialJavaSdkCallsTest {
    private static final String ANA = "ana@example.com";
    private static final String TESTER = "e2e@test.example";
    private static final String PHONE = "+15551234567";

    /** About other ways to sign in than magic links, and about applications and portals: the emulator has none of these. */
    private static final Set<String> NOT_OURS = Set.of(
            "UserService.addSsoApps",
            "UserService.removeSsoApps",
            "UserService.setSsoApps",
            "UserService.setTemporaryPassword",
            "UserService.setActivePassword",
            "UserService.setPassword",
            "UserService.expirePassword",
            "UserService.getProviderToken",
            "UserService.generateOtpForTestUser",
            "UserService.generateEnchantedLinkForTestUser",
            "TenantService.getSettings",
            "TenantService.configureSettings",
            "TenantService.generateSSOConfigurationLink",
            "TenantService.revokeSSOConfigurationLink");

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final RecordedClient recorded = new RecordedClient(emulator);
    private final DescopeClient client = new DescopeClient(Config.builder()
            .projectId(emulator.projectId())
            .descopeBaseUrl(emulator.baseUri().toString())
            .managementKey(emulator.managementKey())
            .build());
    private final MagicLinkService magicLinks = recorded.of(
            MagicLinkService.class, client.getAuthenticationServices().getMagicLinkService());
    private final AuthenticationService sessions = recorded.of(
            AuthenticationService.class, client.getAuthenticationServices().getAuthService());
    private final ManagementServices management = client.getManagementServices();
    private final UserService users = recorded.of(UserService.class, management.getUserService());
    private final TenantService tenants = recorded.of(TenantService.class, management.getTenantService());
    private final RolesService roles = recorded.of(RolesService.class, management.getRolesService());
    private final PermissionService permissions =
            recorded.of(PermissionService.class, management.getPermissionService());
    private final UserCustomAttributesService attributes =
            recorded.of(UserCustomAttributesService.class, management.getUserCustomAttributesService());

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void every_call_comes_back_and_the_page_says_so() throws Exception {
        manageTenants();
        managePermissionsAndRoles();
        manageCustomAttributes();
        manageUsers();
        manageTestUsers();
        signIn();
        useSessions();

        assertThat(recorded.methods()).containsExactlyInAnyOrderElementsOf(methodsOfTheirs());
        ClientTable.check(ClientTable.Client.JAVA, recorded.column());
    }

    private void manageTenants() {
        tenants.createWithId("T2acme", "Acme", List.of());
        tenants.createWithId("T2globex", "Globex", List.of("globex.example"), Map.of("plan", "pro"));
        String initech = tenants.create("Initech", List.of());
        tenants.create("Initech", List.of(), Map.of());
        tenants.update("T2globex", "Globex Ltd", List.of("globex.example"), Map.of("plan", "free"));

        Tenant loaded = tenants.load("T2globex");

        assertThat(loaded.getName()).isEqualTo("Globex Ltd");
        assertThat(loaded.getCustomAttributes()).containsEntry("plan", "free");
        assertThat(tenants.searchAll(
                        TenantSearchRequest.builder().ids(List.of("T2acme")).build()))
                .extracting(Tenant::getName)
                .containsExactly("Acme");
        tenants.delete(initech);
        assertThat(tenants.loadAll())
                .extracting(Tenant::getId)
                .doesNotContain(initech)
                .hasSize(3);
    }

    private void managePermissionsAndRoles() {
        permissions.create("doc.read", "Reads");
        permissions.create("doc.drop", "Drops");
        permissions.update("doc.drop", "doc.delete", "Deletes");
        roles.create("editor", "Edits", List.of("doc.read"));
        roles.create("admin", "T2acme", "Administers", List.of("doc.read", "doc.delete"));
        roles.create("guest", "Looks", List.of());
        roles.create("guest", "T2acme", "Looks", List.of());
        roles.update("editor", "writer", "Writes", List.of("doc.read"));
        roles.update("admin", "T2acme", "boss", "Decides", List.of("doc.delete"));
        roles.delete("guest");
        roles.delete("guest", "T2acme");

        assertThat(permissions.loadAll().getPermissions())
                .extracting(Permission::getName)
                .containsExactlyInAnyOrder("doc.read", "doc.delete");
        assertThat(roles.loadAll().getRoles()).extracting(Role::getName).containsExactly("writer", "boss");
        assertThat(roles.search(RoleSearchOptions.builder()
                                .tenantIds(List.of("T2acme"))
                                .build())
                        .getRoles())
                .extracting(Role::getPermissionNames)
                .containsExactly(List.of("doc.delete"));
        permissions.create("doc.print", "Prints");
        permissions.delete("doc.print");
    }

    private void manageCustomAttributes() {
        attributes.createCustomAttributes(CreateCustomAttributesRequest.builder()
                .attributes(List.of(
                        new CustomAttribute("plan", 1, List.of(), "Plan"),
                        new CustomAttribute("old", 1, List.of(), "Old")))
                .build());
        attributes.deleteCustomAttributes(
                DeleteCustomAttributesRequest.builder().names(List.of("old")).build());

        assertThat(attributes.getCustomAttributes().getData())
                .extracting(CustomAttribute::getDisplayName)
                .containsExactly("Plan");
    }

    private void manageUsers() {
        UserResponse ana = users.create(
                        ANA,
                        UserRequest.builder()
                                .displayName("Ana")
                                .phone(PHONE)
                                .userTenants(List.of(AssociatedTenant.builder()
                                        .tenantId("T2acme")
                                        .roleNames(List.of("boss"))
                                        .build()))
                                .build())
                .getUser();
        assertThat(ana.getUserTenants().get(0).getTenantName()).isEqualTo("Acme");
        assertThat(users.createBatch(List.of(BatchUserRequest.builder()
                                .loginId("bob@example.com")
                                .build()))
                        .getCreatedUsers())
                .hasSize(1);
        users.invite(
                "carl@example.com",
                UserRequest.builder().email("carl@example.com").build(),
                new InviteOptions());
        users.inviteBatch(
                List.of(BatchUserRequest.builder().loginId("dora@example.com").build()), new InviteOptions());
        users.update("bob@example.com", UserRequest.builder().displayName("Bob").build());
        users.patch(
                "bob@example.com",
                PatchUserRequest.builder().givenName("Robert").build());
        users.updateDisplayName("bob@example.com", "Bob B.");
        users.updateDisplayNames("bob@example.com", "Bob", "B.", "Builder");
        users.updatePicture("bob@example.com", "https://img.example.com/bob.png");
        users.updateCustomAttributes("bob@example.com", "plan", "pro");
        users.updateEmail("bob@example.com", "bob@new.example", true);
        users.updatePhone("bob@example.com", "+15550000009", true);
        users.updateLoginId("bob@example.com", "bob");
        users.addRoles("bob", List.of("writer", "guest"));
        users.removeRoles("bob", List.of("guest"));
        users.addTenant("bob", "T2acme");
        users.addTenantRoles("bob", "T2acme", List.of("boss", "guest"));
        users.removeTenantRoles("bob", "T2acme", List.of("guest"));

        UserResponse bob = users.load("bob").getUser();

        assertThat(bob.getGivenName()).isEqualTo("Bob");
        assertThat(bob.getEmail()).isEqualTo("bob@new.example");
        assertThat(bob.getVerifiedPhone()).isTrue();
        assertThat(bob.getCustomAttributes()).containsEntry("plan", "pro");
        assertThat(bob.getRoleNames()).containsExactly("writer");
        assertThat(bob.getUserTenants().get(0).getRoleNames()).containsExactly("boss");
        assertThat(users.loadByUserId(bob.getUserId()).getUser().getLoginIds()).containsExactly("bob");
        users.setRoles("bob", List.of("guest"));
        users.setTenantRoles("bob", "T2acme", List.of());
        users.removeTenant("bob", "T2acme");
        users.deactivate("bob");
        assertThat(users.activate("bob").getUser().getStatus()).isEqualTo("enabled");
        assertThat(users.searchAll(UserSearchRequest.builder()
                                .roleNames(List.of("guest"))
                                .limit(10)
                                .page(0)
                                .build())
                        .getUsers())
                .extracting(UserResponse::getUserId)
                .containsExactly(bob.getUserId());
        users.logoutUser("bob");
        users.logoutUserByUserId(bob.getUserId());
        String token = users.generateEmbeddedLink("bob", Map.of("from", "support"));
        assertThat(magicLinks.verify(token).getToken().getClaims()).containsEntry("nsec", Map.of("from", "support"));
        assertThat(users.history(List.of(bob.getUserId()))).hasSize(1);
        users.delete("bob");
        users.deleteByUserId(users.load("carl@example.com").getUser().getUserId());
    }

    private void manageTestUsers() {
        users.createTestUser(TESTER, UserRequest.builder().email(TESTER).build());
        users.generateMagicLinkForTestUser(TESTER, Caller.REDIRECT, DeliveryMethod.EMAIL);
        users.deleteAllTestUsers();
    }

    private void signIn() {
        Map<DeliveryMethod, String> newcomers = Map.of(
                DeliveryMethod.EMAIL, "new@example.com",
                DeliveryMethod.SMS, "+15550000001",
                DeliveryMethod.WHATSAPP, "+15550000002");
        newcomers.forEach((method, newcomer) -> {
            magicLinks.signUp(method, newcomer, Caller.REDIRECT, new User());
            magicLinks.signIn(method, ANA, Caller.REDIRECT, null, null);
            magicLinks.signUpOrIn(method, ANA, Caller.REDIRECT);
        });
        String refreshJwt = verifyLatest(ANA).getRefreshToken().getJwt();
        magicLinks.updateUserEmail(ANA, ANA, Caller.REDIRECT, refreshJwt, new UpdateOptions());
        for (DeliveryMethod method : List.of(DeliveryMethod.SMS, DeliveryMethod.WHATSAPP)) {
            magicLinks.updateUserPhone(method, ANA, PHONE, Caller.REDIRECT, refreshJwt, new UpdateOptions());
        }
    }

    private void useSessions() {
        AuthenticationInfo signIn = newSession();
        String refreshJwt = signIn.getRefreshToken().getJwt();
        Token session = sessions.validateSessionWithToken(signIn.getToken().getJwt());
        sessions.refreshSessionWithToken(refreshJwt);
        sessions.refreshSessionWithTokenAuthenticationInfo(refreshJwt);
        sessions.validateAndRefreshSessionWithTokens("", refreshJwt);
        sessions.validateAndRefreshSessionWithTokensAuthenticationInfo("", refreshJwt);
        assertThat(sessions.me(refreshJwt).getEmail()).isEqualTo(ANA);
        assertThat(sessions.history(refreshJwt)).isNotEmpty();
        askLocally(session);
        assertThat(sessions.selectTenant("T2acme", refreshJwt).getToken().getClaims())
                .containsEntry("dct", "T2acme");
        String key = emulator.accessKeys().add(NewAccessKey.builder("job").build());
        sessions.exchangeAccessKey(key);
        sessions.exchangeAccessKey(
                key,
                AccessKeyLoginOptions.builder().customClaims(Map.of("a", 1)).build());
        sessions.logout(refreshJwt);
        sessions.logoutAll(newSession().getRefreshToken().getJwt());
    }

    /** The permissions of a role in a tenant arrive in the session. */
    private void askLocally(Token session) {
        assertThat(sessions.validatePermissions(session, List.of())).isTrue();
        assertThat(sessions.getMatchedPermissions(session, List.of("doc.read"))).isEmpty();
        assertThat(sessions.getMatchedPermissions(session, "T2acme", List.of("doc.delete")))
                .containsExactly("doc.delete");
        assertThat(sessions.validateRoles(session, List.of("writer"))).isFalse();
        assertThat(sessions.getMatchedRoles(session, "T2acme", List.of("boss"))).containsExactly("boss");
        assertThat(sessions.getRoles(session, "T2acme")).containsExactly("boss");
        assertThat(sessions.getPermissions(session, "T2acme")).containsExactly("doc.delete");
        assertThat(sessions.getTenantIds(session)).containsExactly("T2acme");
    }

    private AuthenticationInfo newSession() {
        magicLinks.signUpOrIn(DeliveryMethod.EMAIL, ANA, Caller.REDIRECT);
        return verifyLatest(ANA);
    }

    private AuthenticationInfo verifyLatest(String to) {
        return magicLinks.verify(emulator.inbox().latest(to).token());
    }

    private static Set<String> methodsOfTheirs() {
        return Stream.of(
                        MagicLinkService.class,
                        AuthenticationService.class,
                        UserService.class,
                        TenantService.class,
                        RolesService.class,
                        PermissionService.class,
                        UserCustomAttributesService.class)
                .flatMap(service -> Arrays.stream(service.getMethods())
                        .map(Method::getName)
                        .map(method -> service.getSimpleName() + "." + method))
                .filter(method -> !NOT_OURS.contains(method))
                .collect(Collectors.toSet());
    }
}
