package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Several projects in one emulator, and what a project has from the start. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectsTest {
    private static final String ANA = "ana@example.com";
    private static final String SHOP = "P2shop0000000000000000000000";
    private static final String BLOG = "P2blog0000000000000000000000";

    private final DescopeEmulator emulator = DescopeEmulator.builder()
            .projectId(SHOP)
            .role("editor", "doc.read", "doc.write")
            .role("admin")
            .tenant("T2acme", "Acme")
            .tenant("T2globex", "Globex", Map.of("plan", "pro"))
            .user(NewUser.builder(ANA)
                    .userId("U2ana")
                    .roles("editor")
                    .tenant("T2acme", "Acme", List.of("editor"), List.of("doc.print"))
                    .build())
            .accessKey(NewAccessKey.builder("job").key("K2job").build())
            .customClaims(Map.of("plan", "pro", "sub", "somebody else", "roles", List.of("root"), "su", true))
            .project(NewProject.builder(BLOG)
                    .signingAlgorithm(SigningAlgorithm.ES384)
                    .tokensInCookies(true)
                    .managementKey("K2blog")
                    .build())
            .start();
    private final Caller shop = new Caller(emulator);
    private final Caller blog = new Caller(emulator, BLOG);

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void each_project_has_users_and_an_inbox_of_its_own() {
        blog.linkTokenFor(ANA);

        assertThat(emulator.project(BLOG).inbox().latest(ANA).projectId()).isEqualTo(BLOG);
        assertThat(emulator.inbox().messages()).isEmpty();
        assertThat(emulator.project(SHOP).inbox()).isSameAs(emulator.inbox());
        assertThat(emulator.project(BLOG).users().all()).extracting(User::id).doesNotContain("U2ana");
        assertThat(shop.get("/_emulator/messages").array()).hasSize(1);
        assertThat(shop.get("/_emulator/messages?project=" + SHOP).array()).isEmpty();
        assertThat(shop.get("/_emulator/messages?project=" + BLOG).array()).hasSize(1);
    }

    @Test
    void a_link_a_session_and_a_key_of_one_project_are_nothing_to_another() {
        String linkToken = shop.linkTokenFor(ANA);
        String refreshJwt = shop.signIn(ANA).text("refreshJwt");

        assertThat(blog.verify(linkToken).errorCode()).isEqualTo("E062504");
        assertThat(blog.get("/v1/auth/me", refreshJwt).errorCode()).isEqualTo("E061005");
        assertThat(blog.post("/v1/mgmt/user/delete", "{\"loginId\":\"" + ANA + "\"}", emulator.managementKey())
                        .errorCode())
                .isEqualTo("E111119");
        assertThat(blog.post("/v1/auth/accesskey/exchange", "{}", "K2job").errorCode())
                .isEqualTo("E062803");
        assertThat(shop.verify(linkToken).status()).isEqualTo(200);
    }

    @Test
    void each_project_has_modes_and_signing_keys_of_its_own() {
        Answer signIn = blog.signIn(ANA);
        String shopKey = keyId(SHOP);

        emulator.project(BLOG).rotateAndRevokeKeys();

        assertThat(signIn.text("sessionJwt")).isEmpty();
        assertThat(signIn.response().headers().allValues("Set-Cookie")).hasSize(2);
        assertThat(shop.get("/v2/keys/" + BLOG).body()).contains("ES384");
        assertThat(keyId(BLOG)).isNotEqualTo(BLOG);
        assertThat(keyId(SHOP)).isEqualTo(shopKey);
    }

    @Test
    void whoever_names_no_project_of_these_is_refused_like_any_stranger() {
        assertThat(new Caller(emulator, "P2other000000000000000000000")
                        .askForLink("signup-in", ANA)
                        .status())
                .isEqualTo(401);
        assertThat(shop.send("POST", "/v1/auth/refresh", "none", BodyPublishers.noBody())
                        .status())
                .isEqualTo(401);
        assertThat(shop.get("/v2/keys/P2other000000000000000000000").status()).isEqualTo(401);
    }

    @Test
    void a_project_can_come_later_and_goes_with_the_next_reset() {
        EmulatedProject wiki = emulator.addProject(
                NewProject.builder("P2wiki0000000000000000000000").build());
        assertThat(new Caller(emulator, wiki.id()).signIn(ANA).status()).isEqualTo(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emulator.addProject(NewProject.builder(BLOG).build()))
                .withMessage("There is a project " + BLOG + " already");

        emulator.reset();

        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> emulator.project(wiki.id()));
        assertThat(emulator.project(BLOG).managementKey()).isEqualTo("K2blog");
    }

    @Test
    void projects_are_added_and_staged_over_http_too() {
        Answer added = shop.post("/_emulator/projects", """
                {"projectId": "P2wiki0000000000000000000000", "roles": [{"name": "editor", "permissions": ["doc.read"]}],
                 "users": [{"loginIds": ["ana@example.com"], "roles": ["editor"]}]}""");
        assertThat(added.text("managementKey")).isNotEmpty();
        shop.post("/_emulator/users?project=P2wiki0000000000000000000000", "{\"loginIds\":[\"bob@example.com\"]}");

        assertThat(new Caller(emulator, "P2wiki0000000000000000000000")
                        .signIn(ANA)
                        .sessionClaims()
                        .getClaim("permissions"))
                .isEqualTo(List.of("doc.read"));
        assertThat(shop.get("/_emulator/users?project=P2wiki0000000000000000000000")
                        .array())
                .hasSize(2);
        assertThat(shop.get("/_emulator/projects").array()).hasSize(3);
        assertThat(shop.post("/_emulator/projects", "{\"projectId\":\"" + BLOG + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(shop.get("/_emulator/users?project=P2none").status()).isEqualTo(400);
    }

    @Test
    void what_was_there_at_the_start_is_there_again_after_a_reset() {
        shop.signIn("bob@example.com");
        shop.post("/v1/mgmt/role/create", "{\"name\":\"guest\"}", emulator.managementKey());
        shop.post(
                "/v1/mgmt/user/update/name",
                "{\"loginId\":\"" + ANA + "\",\"displayName\":\"X\"}",
                emulator.managementKey());

        emulator.reset();

        assertThat(emulator.users().all()).singleElement().satisfies(user -> {
            assertThat(user.id()).isEqualTo("U2ana");
            assertThat(user.profile().name()).isEmpty();
        });
        assertThat(shop.get("/v1/mgmt/role/all", emulator.managementKey())
                        .json()
                        .getJsonArray("roles"))
                .hasSize(2);
        assertThat(shop.get("/v1/mgmt/tenant/all", emulator.managementKey())
                        .json()
                        .getJsonArray("tenants"))
                .hasSize(2);
        assertThat(shop.post("/v1/auth/accesskey/exchange", "{}", "K2job").status())
                .isEqualTo(200);
    }

    @Test
    void a_session_has_the_permissions_of_its_roles_in_the_project_and_in_the_tenant() throws Exception {
        Answer signIn = shop.signIn(ANA);

        assertThat(signIn.sessionClaims().getStringListClaim("permissions")).containsExactly("doc.read", "doc.write");
        assertThat(signIn.sessionClaims().getJSONObjectClaim("tenants"))
                .isEqualTo(Map.of(
                        "T2acme",
                        Map.of(
                                "roles",
                                List.of("editor"),
                                "permissions",
                                List.of("doc.print", "doc.read", "doc.write"))));
        assertThat(signIn.user().getJsonArray("permissions")).hasSize(2);
    }

    @Test
    void claims_of_the_project_are_in_every_session_and_replace_none_of_descopes() throws Exception {
        Answer signIn = shop.signIn(ANA);
        Answer refreshed = shop.post("/v1/auth/refresh", "{}", signIn.text("refreshJwt"));

        for (Answer answer : List.of(signIn, refreshed)) {
            assertThat(answer.sessionClaims().getStringClaim("plan")).isEqualTo("pro");
            assertThat(answer.sessionClaims().getSubject()).isEqualTo("U2ana");
            assertThat(answer.sessionClaims().getStringListClaim("roles")).containsExactly("editor");
            assertThat(answer.sessionClaims().getClaim("su")).isNull();
        }
    }

    @Test
    void who_signs_up_is_given_the_default_roles() throws Exception {
        shop.post("/v1/mgmt/role/create", "{\"name\":\"guest\",\"default\":true}", emulator.managementKey());

        assertThat(shop.signIn("bob@example.com").sessionClaims().getStringListClaim("roles"))
                .containsExactly("guest");
    }

    @Test
    void a_disabled_user_is_signed_out_and_can_neither_ask_for_a_link_nor_redeem_one() {
        String linkToken = shop.linkTokenFor(ANA);
        String refreshJwt = shop.signIn(ANA).text("refreshJwt");

        shop.post(
                "/v1/mgmt/user/update/status",
                "{\"loginId\":\"" + ANA + "\",\"status\":\"disabled\"}",
                emulator.managementKey());

        assertThat(shop.askForLink("signin", ANA).status()).isEqualTo(403);
        assertThat(shop.askForLink("signup-in", ANA).status()).isEqualTo(403);
        assertThat(shop.verify(linkToken).status()).isEqualTo(403);
        assertThat(shop.post("/v1/auth/refresh", "{}", refreshJwt).errorCode()).isEqualTo("E064001");
    }

    @Test
    void two_of_the_same_kind_are_refused_and_leave_no_port_taken() throws Exception {
        int port = freePort();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeEmulator.builder()
                        .port(port)
                        .user(NewUser.builder(ANA).build())
                        .user(NewUser.builder("ANA@example.com").build())
                        .start())
                .withMessage(
                        "In project " + DescopeEmulator.DEFAULT_PROJECT_ID + " the user " + ANA + " is there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeEmulator.builder()
                        .port(port)
                        .project(NewProject.builder(DescopeEmulator.DEFAULT_PROJECT_ID)
                                .build())
                        .start());

        DescopeEmulator.builder().port(port).start().close();
    }

    private String keyId(String projectId) {
        return shop.get("/v2/keys/" + projectId)
                .json()
                .getJsonArray("keys")
                .getJsonObject(0)
                .getString("kid");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
