package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import java.util.Map;
import java.util.Optional;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.emulator.NewUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What web.xml constrains, with {@code descope.container-security=true}, on a plain Tomcat. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContainerSecurityTest {
    private static final String ANA = "ana@example.com";
    private static final String REFRESH = "/v1/auth/refresh";
    private static final String SWITCHED_ON = ConstrainedApplication.parameter("descope.container-security", "true")
            + ConstrainedApplication.parameter("descope.limits.per-recipient", "off");
    private static final String CONSTRAINED = SWITCHED_ON
            + ConstrainedApplication.constraint("/account/*", "member")
            + ConstrainedApplication.constraint("/admin/*", "editor")
            + "<login-config><auth-method>FORM</auth-method><form-login-config>"
            + "<form-login-page>/login.jsp</form-login-page><form-error-page>/login.jsp</form-error-page>"
            + "</form-login-config></login-config>"
            + "<security-role><role-name>member</role-name></security-role>"
            + "<security-role><role-name>editor</role-name></security-role>";

    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();

    private static final ConstrainedApplication APPLICATION = ConstrainedApplication.start(EMULATOR, CONSTRAINED);

    @BeforeAll
    static void add() {
        EMULATOR.users().add(NewUser.builder(ANA).roles("member").build());
    }

    @AfterAll
    static void stop() {
        APPLICATION.close();
        EMULATOR.close();
    }

    private static ConstrainedApplication closedButFor(String role) {
        return ConstrainedApplication.start(EMULATOR, SWITCHED_ON + ConstrainedApplication.constraint("/*", role));
    }

    @Test
    void a_page_that_is_constrained_leads_to_sign_in_and_back() {
        Browser browser = APPLICATION.browser();

        Answer denied = browser.get("/shop/account/orders?page=2", "Sec-Fetch-Mode", "navigate");

        assertThat(denied.status()).isEqualTo(303);
        assertThat(denied.location()).isEqualTo("/shop/auth/sign-in?returnTo=%2Fshop%2Faccount%2Forders%3Fpage%3D2");
        browser.askForLink("email", ANA, "/shop/account/orders?page=2");
        Answer back = browser.get(EMULATOR.inbox().latest(ANA).link().toString());
        assertThat(back.location()).isEqualTo("/shop/account/orders?page=2");
        assertThat(browser.get(back.location()).body()).contains("name=" + ANA).contains("authType=DESCOPE");
    }

    @Test
    void a_program_gets_401_with_the_address_of_the_form() {
        Answer denied = APPLICATION.browser().get("/shop/account/orders", "Sec-Fetch-Mode", "cors");

        assertThat(denied.status()).isEqualTo(401);
        assertThat(denied.header("Content-Type")).startsWith("application/problem+json");
        assertThat(denied.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"descope\"");
        assertThat(denied.body()).contains("/shop/auth/sign-in");
    }

    @Test
    void who_lacks_the_role_is_refused_by_the_container() {
        Browser browser = APPLICATION.signIn(APPLICATION.browser(), ANA);

        assertThat(browser.get("/shop/admin/users").status()).isEqualTo(403);
        assertThat(browser.get("/shop/account/who").status()).isEqualTo(200);
    }

    @Test
    void paths_without_a_constraint_are_open_to_all() {
        Answer anonymous = APPLICATION.browser().get("/shop/who");
        Answer signedIn = APPLICATION.signIn(APPLICATION.browser(), ANA).get("/shop/who");

        assertThat(anonymous.body()).contains("principal=none", "remoteUser=null", "authType=null");
        assertThat(signedIn.body()).contains("name=" + ANA);
    }

    @Test
    void a_bearer_token_is_as_good_as_a_cookie() {
        String sessionJwt = APPLICATION.signIn(APPLICATION.browser(), ANA).cookie("DS");

        Answer answer = APPLICATION.browser().get("/shop/account/who", "Authorization", "Bearer " + sessionJwt);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.setCookies()).isEmpty();
    }

    @Test
    void C8_container_and_filter_share_one_refresh() {
        Browser browser = APPLICATION.signIn(APPLICATION.browser(), ANA);
        browser.forget("DS");
        long before = refreshes();

        Answer answer = browser.get("/shop/account/who");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser.has("DS")).isTrue();
        assertThat(refreshes()).isEqualTo(before + 1);
    }

    private static long refreshes() {
        return EMULATOR.requests().stream()
                .filter(request -> request.path().equals(REFRESH))
                .count();
    }

    @Test
    void C12_while_nobody_can_tell_a_constrained_path_answers_503_and_keeps_the_cookies() {
        Browser browser = APPLICATION.signIn(APPLICATION.browser(), ANA);
        browser.forget("DS");
        EMULATOR.misbehave(Fault.status(503).at(REFRESH));

        Answer answer = browser.get("/shop/account/who");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.setCookies()).isEmpty();
        assertThat(browser.has("DSR")).isTrue();
    }

    @Test
    void a_constraint_on_everything_leaves_the_way_in_and_out_open() {
        try (ConstrainedApplication closed = closedButFor("owner")) {
            Browser browser = closed.browser();

            assertThat(browser.get("/shop/", "Sec-Fetch-Mode", "navigate").location())
                    .isEqualTo("/shop/auth/sign-in");
            closed.signIn(browser, ANA);
            assertThat(browser.get("/shop/").status()).isEqualTo(403);
            Answer form = browser.get("/shop/auth/sign-out");
            Answer out = browser.post("/shop/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

            assertThat(out.status()).isEqualTo(303);
            assertThat(browser.has("DS")).isFalse();
        }
    }

    @Test
    void C21_a_sign_out_from_elsewhere_is_refused_below_a_constraint_too() {
        try (ConstrainedApplication closed = closedButFor("member")) {
            Browser browser = closed.signIn(closed.browser(), ANA);

            Answer forged = browser.post("/shop/auth/sign-out", Map.of("_descope_csrf", "guessed"));

            assertThat(forged.status()).isEqualTo(403);
            assertThat(browser.get("/shop/who").status()).isEqualTo(200);
        }
    }

    @Test
    void the_http_session_keeps_its_id_over_a_refresh() {
        Browser browser = APPLICATION.signIn(APPLICATION.browser(), ANA);
        browser.get("/shop/account/visit?note=basket");
        String known = browser.get("/shop/account/visit").body();
        browser.forget("DS");

        String refreshed = browser.get("/shop/account/visit").body();

        assertThat(refreshed).isEqualTo(known).contains("note=basket");
    }

    @Test
    void roles_that_were_taken_away_do_not_live_on_in_the_http_session() {
        try (ConstrainedApplication changing =
                ConstrainedApplication.start(EMULATOR, CONSTRAINED, Map.of(SignInHandler.class, RolesOfTheDay.class))) {
            RolesOfTheDay.role = "editor";
            Browser browser = changing.signIn(changing.browser(), ANA);
            browser.get("/shop/account/visit?note=basket");
            assertThat(browser.get("/shop/admin/who").status()).isEqualTo(200);

            RolesOfTheDay.role = "reader";
            browser.forget("DS");
            browser.forget("DSR");
            changing.signIn(browser, ANA);

            assertThat(browser.get("/shop/account/visit").body()).contains("note=basket");
            assertThat(browser.get("/shop/admin/who").status()).isEqualTo(403);
        }
    }

    /** Gives a role that a test can change. */
    public static final class RolesOfTheDay implements SignInHandler {
        static volatile String role = "";

        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            return SignInDecision.accept().withRoles(role);
        }
    }

    @Test
    void C18_another_thread_and_another_dispatch_know_the_user() {
        Browser browser = APPLICATION.signIn(APPLICATION.browser(), ANA);

        assertThat(browser.get("/shop/account/later").body()).contains("name=" + ANA, "dispatch=ASYNC");
    }

    @Test
    void logout_ends_the_session_and_the_constraint_holds_again() {
        Browser browser = APPLICATION.signIn(APPLICATION.browser(), ANA);
        browser.get("/shop/account/visit?note=basket");

        Answer answer = browser.get("/shop/account/logout");

        assertThat(answer.body()).contains("principal=none");
        assertThat(browser.get("/shop/account/who").status()).isEqualTo(401);
    }

    @Test
    void a_servlet_can_ask_for_a_sign_in_where_no_constraint_does() {
        Answer anonymous = APPLICATION.browser().get("/shop/asking", "Sec-Fetch-Mode", "navigate");
        Answer signedIn = APPLICATION.signIn(APPLICATION.browser(), ANA).get("/shop/asking");

        assertThat(anonymous.location()).isEqualTo("/shop/auth/sign-in?returnTo=%2Fshop%2Fasking");
        assertThat(signedIn.body()).contains("name=" + ANA);
    }

    @Test
    void K20_the_container_forgets_the_application_at_its_end_but_no_newer_version_of_it() {
        ConstrainedApplication older = ConstrainedApplication.start("Versions", EMULATOR, CONSTRAINED, Map.of());
        ConstrainedApplication newer = ConstrainedApplication.start("Versions", EMULATOR, CONSTRAINED, Map.of());

        older.close();
        assertThat(moduleOf("Versions")).isPresent();
        newer.close();
        assertThat(moduleOf("Versions")).isEmpty();
    }

    private static Optional<AuthConfigProvider> moduleOf(String server) {
        return Optional.ofNullable(
                AuthConfigFactory.getFactory().getConfigProvider("HttpServlet", server + "/localhost /shop", null));
    }
}
