package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.catalina.LifecycleException;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.emulator.NewUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications of one project that share a secret: what one of them decided about a user holds in that one alone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ApplicationsApartTest {
    private static final String BOSS = "boss@example.com";
    private static final String SHOP_URL = "https://shop.example.com/app";
    private static final String BANK_URL = "https://bank.example.com/app";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication shop = started(SHOP_URL, Map.of(SignInHandler.class, Generous.class));

    /** Adds a role to everybody. */
    public static final class Generous implements SignInHandler {
        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            return SignInDecision.accept().as("the-boss").withRoles("editor");
        }
    }

    /** Lets nobody in. */
    public static final class Closed implements SignInHandler {
        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            return SignInDecision.refuse("not here");
        }
    }

    @AfterEach
    void stop() {
        shop.close();
        emulator.close();
    }

    private ServedApplication started(String publicUrl, Map<Class<?>, Class<?>> services) {
        return started(settings -> settings.publicUrl(publicUrl).updateMethods("email"), services);
    }

    private ServedApplication started(UnaryOperator<ServletSettings.Builder> change, Map<Class<?>, Class<?>> services) {
        return ServedApplication.start(emulator, emulator.baseUri(), change, services);
    }

    /** A browser with these cookies of another one. */
    private static Browser with(ServedApplication application, Browser other, String... cookies) {
        Browser browser = application.browser();
        for (String cookie : cookies) {
            browser.plant(cookie, other.cookie(cookie));
        }
        return browser;
    }

    @ParameterizedTest
    @ValueSource(strings = {"DS DSR DSP", "DSR DSP", "DS DSP", "DS DSR", "DSR"})
    void N4_whom_one_application_refuses_does_not_get_in_with_the_cookies_of_another(String cookies) {
        Browser atShop = shop.signedIn(BOSS);
        try (ServedApplication bank = started(BANK_URL, Map.of(SignInHandler.class, Closed.class))) {
            Browser browser = with(bank, atShop, cookies.split(" ", -1));

            assertThat(browser.get("/app/account").status()).isEqualTo(401);
            assertThat(browser.get("/app/who").body()).contains("principal=none");
            assertThat(browser.get("/app/account").status())
                    .as("and no refresh gave them a decision of the bank")
                    .isEqualTo(401);
        }
    }

    @Test
    void N4_roles_and_account_that_one_application_gave_are_nothing_in_another() {
        Browser atShop = shop.signedIn(BOSS);
        assertThat(atShop.get("/app/admin/users").status()).isEqualTo(200);
        try (ServedApplication bank = started(BANK_URL, Map.of())) {
            Browser browser = with(bank, atShop, "DS", "DSR", "DSP");

            assertThat(browser.get("/app/account").body()).doesNotContain("the-boss", BOSS);
            assertThat(browser.get("/app/admin/users").status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SHOP_URL, "https://shop.example.com/app/", "https://SHOP.example.com:443/app"})
    void N4_another_node_of_the_same_application_knows_its_users(String publicUrl) {
        Browser atShop = shop.signedIn(BOSS);
        try (ServedApplication node = started(publicUrl, Map.of(SignInHandler.class, Generous.class))) {
            Browser browser = atShop.at(node.base());

            assertThat(browser.get("/app/admin/users").body()).contains("principal=the-boss");
            assertThat(browser.get("/app/account").body()).contains("name=" + BOSS);
        }
    }

    @Test
    void N4_the_CSRF_pair_of_one_application_sends_no_form_of_another() {
        Browser atShop = shop.browser();
        String field = atShop.get("/app/auth/sign-in").hidden("_descope_csrf");
        try (ServedApplication bank = started(BANK_URL, Map.of())) {
            Browser browser = with(bank, bank.signedIn(BOSS), "DS", "DSR", "DSP");
            browser.plant("DSC", atShop.cookie("DSC"));

            Answer answer = browser.post("/app/auth/sign-out", Map.of("_descope_csrf", field));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(browser.get("/app/account").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"email, boss@example.com", "sms, +4915112345678"})
    void N4_a_link_of_one_application_names_no_account_and_binds_no_browser_in_another(
            String method, String recipient) {
        Browser atShop = shop.browser();
        atShop.askForLink(method, recipient, "");
        URI link = shop.linkTo(recipient);
        try (ServedApplication bank = started(BANK_URL, Map.of())) {
            Browser browser = with(bank, atShop, "DSB", "DSC");

            Answer answer = browser.get(link.getPath() + "?" + link.getQuery());

            assertThat(answer.status()).as("not redeemed by the binding").isEqualTo(200);
            assertThat(answer.body()).doesNotContain("b***@e***.com", "5678");
            assertThat(browser.has("DS")).isFalse();
        }
    }

    @Test
    void N4_a_link_to_a_new_address_that_one_application_sent_changes_none_in_another() {
        Browser atShop = shop.signedIn(BOSS);
        Answer form = atShop.get("/app/auth/update");
        atShop.post(
                "/app/auth/update",
                Map.of(
                        "_descope_csrf",
                        form.hidden("_descope_csrf"),
                        "deliveryMethod",
                        "email",
                        "loginId",
                        "new@example.com"));
        URI link = shop.linkTo("new@example.com");
        try (ServedApplication bank = started(BANK_URL, Map.of())) {
            Browser browser = bank.signedIn(BOSS);

            assertThat(browser.get(link.getPath() + "?" + link.getQuery()).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void N4_a_seal_is_of_one_application_and_one_purpose() {
        List<String> secrets = List.of(ServedApplication.SECRET);
        ApplicationSeals one = new ApplicationSeals(secrets, "P1\nhttps://app.example.com\n");
        ApplicationSeals same = new ApplicationSeals(secrets, "P1\nhttps://app.example.com\n");
        ApplicationSeals other = new ApplicationSeals(secrets, "P1\nhttps://app.example.com\n/shop");
        String sealed = one.forPurpose("profile").seal(new byte[] {1});
        byte[] tag = one.forPurpose("csrf").tag(new byte[] {1}, 14);

        assertThat(same.forPurpose("profile").open(sealed)).isPresent();
        assertThat(one.forPurpose("csrf").open(sealed)).isEmpty();
        assertThat(other.forPurpose("profile").open(sealed)).isEmpty();
        assertThat(same.forPurpose("csrf").isTagOf(new byte[] {1}, tag, 14)).isTrue();
        assertThat(other.forPurpose("csrf").isTagOf(new byte[] {1}, tag, 14)).isFalse();
    }

    @Test
    void N4_a_Bearer_token_is_no_way_around_the_application_that_decides() throws Exception {
        String bearer = "Bearer " + emulator.signIn(BOSS).sessionJwt();
        try (ServedApplication bank = started(BANK_URL, Map.of(SignInHandler.class, Closed.class));
                LoggedLines log = LoggedLines.of(SessionReader.class)) {
            Answer denied = bank.browser().get("/app/account", "Authorization", bearer);
            bank.browser().get("/app/account", "Authorization", bearer);

            assertThat(denied.status()).isEqualTo(401);
            assertThat(denied.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
            assertThat(bank.browser().get("/app/who", "Authorization", bearer).body())
                    .contains("principal=none");
            assertThat(log.warnings()).singleElement().asString().contains("descope.bearer-skips-sign-in-handler");
        }
    }

    @Test
    void N4_where_the_application_says_so_a_Bearer_token_gets_in_with_the_roles_of_Descope_alone() {
        String bearer = "Bearer " + emulator.signIn(BOSS).sessionJwt();
        try (ServedApplication trusting = started(
                settings -> settings.setting("bearer-skips-sign-in-handler", "true"),
                Map.of(SignInHandler.class, Generous.class))) {
            assertThat(trusting.browser()
                            .get("/app/account", "Authorization", bearer)
                            .body())
                    .contains("authType=DESCOPE")
                    .doesNotContain("the-boss");
            assertThat(trusting.browser()
                            .get("/app/admin/users", "Authorization", bearer)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void N4_the_container_that_asks_first_refuses_such_a_Bearer_token_too() {
        String bearer = "Bearer " + emulator.signIn(BOSS).sessionJwt();
        String webXml = ConstrainedApplication.parameter("descope.container-security", "true")
                + ConstrainedApplication.constraint("/account/*", "**");
        try (ConstrainedApplication bank =
                        ConstrainedApplication.start(emulator, webXml, Map.of(SignInHandler.class, Closed.class));
                ConstrainedApplication open = ConstrainedApplication.start(emulator, webXml, Map.of())) {
            assertThat(bank.browser()
                            .get("/shop/account/who", "Authorization", bearer)
                            .status())
                    .isEqualTo(401);
            assertThat(open.browser()
                            .get("/shop/account/who", "Authorization", bearer)
                            .status())
                    .isEqualTo(200);
        }
    }

    /** Leads into another application of the server, as is found by its context path. */
    public static final class Across extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            var bank = request.getServletContext().getContext("/bank").getRequestDispatcher("/who");
            if (request.getParameter("include") == null) {
                bank.forward(request, response);
                return;
            }
            bank.include(request, response);
            response.getWriter().write(" back: " + ProbeServlets.describe(request));
        }
    }

    /** Says who is signed in, in an application that finds its classes by itself; signs out where it is asked to. */
    public static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (request.getParameter("logout") != null) {
                request.logout();
            }
            response.getWriter().write(ProbeServlets.describe(request) + " member=" + request.isUserInRole("member"));
        }
    }

    @ParameterizedTest(name = "in one class loader: {0}")
    @ValueSource(booleans = {false, true})
    void N4_F3_a_forward_into_another_application_takes_no_user_along(boolean shared)
            throws IOException, LifecycleException {
        try (DeployingTomcat tomcat = DeployingTomcat.start()) {
            String settings = ConstrainedApplication.settings(emulator)
                    + ConstrainedApplication.parameter("descope.secret", ServedApplication.SECRET);
            String shopXml = settings + servlet(Across.class, "/across");
            String bankXml = settings + servlet(Who.class, "/who");
            URLClassLoader ofShop = withTheseServlets();
            URLClassLoader ofBank = shared ? ofShop : withTheseServlets();
            tomcat.deploySharing(ofShop, "/shop", shopXml).setCrossContext(true);
            tomcat.deploySharing(ofBank, "/bank", bankXml);
            emulator.users()
                    .add(NewUser.builder("ana@example.com").roles("member").build());
            Browser browser = new Browser(tomcat.base("/shop"), emulator.clock());
            browser.askForLink("email", "ana@example.com", "");
            browser.get(emulator.inbox().latest("ana@example.com").link().toString());

            Answer forwarded = browser.get("/shop/across");
            Answer included = browser.get("/shop/across?include=true");

            assertThat(forwarded.body())
                    .contains("principal=none remoteUser=null authType=null", "name=none", "member=false");
            assertThat(included.body())
                    .contains("principal=none remoteUser=null authType=null", "member=false back: principal=U")
                    .contains("name=ana@example.com");
        }
    }

    @ParameterizedTest(name = "while Descope can be asked: {0}")
    @ValueSource(booleans = {true, false})
    void N4_a_logout_in_another_application_that_a_request_is_forwarded_to_ends_no_session_of_the_first(boolean canAsk)
            throws IOException, LifecycleException {
        try (DeployingTomcat tomcat = DeployingTomcat.start()) {
            String settings = ConstrainedApplication.settings(emulator)
                    + ConstrainedApplication.parameter("descope.secret", ServedApplication.SECRET);
            tomcat.deploySharing(withTheseServlets(), "/shop", settings + servlet(Across.class, "/across"))
                    .setCrossContext(true);
            tomcat.deploySharing(withTheseServlets(), "/bank", settings + servlet(Who.class, "/who"));
            Browser browser = new Browser(tomcat.base("/shop"), emulator.clock());
            browser.askForLink("email", "ana@example.com", "");
            browser.get(emulator.inbox().latest("ana@example.com").link().toString());
            if (!canAsk) {
                browser.forget("DS");
                emulator.misbehave(Fault.status(503).at("/v1/auth/refresh").times(1));
            }

            Answer forwarded = browser.get("/shop/across?logout=true");

            assertThat(forwarded.body()).contains("principal=none");
            assertThat(browser.has("DSR")).isTrue();
            assertThat(emulator.requests()).noneMatch(call -> call.path().endsWith("/logout"));
        }
    }

    /** Our jars, and the servlets above. */
    private static URLClassLoader withTheseServlets() {
        URL tests = ApplicationsApartTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        return new URLClassLoader(new URL[] {tests}, DeployingTomcat.sharedLoader());
    }

    private static String servlet(Class<?> type, String path) {
        return "<servlet><servlet-name>" + type.getSimpleName() + "</servlet-name><servlet-class>" + type.getName()
                + "</servlet-class></servlet><servlet-mapping><servlet-name>" + type.getSimpleName()
                + "</servlet-name><url-pattern>" + path + "</url-pattern></servlet-mapping>";
    }
}
