package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two applications of two projects in one server, in one browser. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TwoApplicationsTest {
    private static final String ANA = "ana@example.com";

    private final DescopeEmulator shopProject =
            DescopeEmulator.builder().projectId("PEmulatorShop000000000000000").start();
    private final DescopeEmulator bankProject =
            DescopeEmulator.builder().projectId("PEmulatorBank000000000000000").start();
    private final DeployingTomcat tomcat = started();

    private static DeployingTomcat started() {
        try {
            return DeployingTomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.close();
        shopProject.close();
        bankProject.close();
    }

    @ParameterizedTest(name = "jars in a shared class loader: {0}")
    @ValueSource(booleans = {false, true})
    void F3_each_knows_its_own_users_only(boolean shared) throws IOException {
        deploy(shared, "/shop", "/bank");
        Browser browser = new Browser(tomcat.base("/shop"), shopProject.clock());
        signIn(browser, shopProject);

        assertThat(browser.get("/shop/account/none").status()).isEqualTo(404);
        assertThat(browser.get("/bank/account/none").status()).isEqualTo(401);
        assertThat(bearer("/shop", browser.cookie("DS"))).isEqualTo(404);
        assertThat(bearer("/bank", browser.cookie("DS"))).isEqualTo(401);
        assertThat(bankProject.requests())
                .allMatch(request -> request.path().startsWith("/v2/keys/" + bankProject.projectId()));
    }

    @Test
    void F3_cookies_of_one_that_reach_the_other_sign_nobody_in_and_nobody_out() throws IOException {
        deploy(true, "", "/bank");
        Browser browser = new Browser(tomcat.base(""), shopProject.clock());
        signIn(browser, shopProject);
        // a browser sends cookies of / to /bank too
        Browser atBank = new Browser(tomcat.base("/bank"), bankProject.clock());
        atBank.plant("DS", browser.cookie("DS"));
        atBank.plant("DSR", browser.cookie("DSR"));

        Answer denied = atBank.get("/bank/account/none");

        assertThat(denied.status()).isEqualTo(401);
        assertThat(denied.setCookies()).allMatch(cookie -> cookie.contains("Path=/bank"));
        assertThat(browser.get("/account/none").status()).isEqualTo(404);
    }

    @Test
    void F3_below_another_application_a_name_for_the_cookies_keeps_both_apart() throws IOException {
        tomcat.deploy("", webXml(shopProject));
        tomcat.deploy(
                "/bank", webXml(bankProject) + ConstrainedApplication.parameter("descope.cookie.session-name", "BANK"));
        Browser browser = new Browser(tomcat.base(""), shopProject.clock());
        signIn(browser, shopProject);
        Browser atBank = new Browser(tomcat.base("/bank"), bankProject.clock());
        List.of("DS", "DSR", "DSP").forEach(name -> atBank.plant(name, browser.cookie(name)));
        List.of("DSB", "DSC").forEach(name -> atBank.plant(name, "of-the-shop"));

        signIn(atBank, bankProject);

        assertThat(atBank.get("/bank/account/none").status()).isEqualTo(404);
        Answer form = atBank.get("/bank/auth/sign-out");
        Answer signedOut = atBank.post("/bank/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));
        assertThat(signedOut.setCookies()).isNotEmpty().allMatch(cookie -> cookie.startsWith("BANK"));
        assertThat(atBank.has("BANK")).isFalse();
        assertThat(browser.get("/account/none").status()).isEqualTo(404);
    }

    @Test
    void F3_cookies_that_two_applications_call_alike_are_told_once_with_the_key_and_no_value() throws Exception {
        tomcat.deploy("/bank", webXml(bankProject));
        String jwt = bankProject.signIn(ANA).sessionJwt();
        HttpRequest request = HttpRequest.newBuilder(URI.create(tomcat.base("/bank") + "/account/none"))
                .header("Cookie", "DS=" + jwt + "; DS=of-the-shop")
                .build();
        try (LoggedLines log = LoggedLines.of(SessionReader.class)) {
            for (int i = 0; i < 3; i++) {
                assertThat(HttpClient.newHttpClient()
                                .send(request, BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(401);
            }

            assertThat(log.warnings())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("(DS or DSR) came twice", "descope.cookie.session-name")
                    .doesNotContain(jwt, "of-the-shop");
        }
    }

    @Test
    void F3_a_link_of_one_is_worth_nothing_in_the_other() throws IOException {
        deploy(true, "/shop", "/bank");
        Browser browser = new Browser(tomcat.base("/shop"), shopProject.clock());
        browser.askForLink("email", ANA, "");
        URI link = shopProject.inbox().latest(ANA).link();

        Answer elsewhere = browser.at(tomcat.base("/bank")).get(link.toString().replace("/shop/", "/bank/"));

        assertThat(elsewhere.setCookie("DS")).isEmpty();
        assertThat(browser.get(link.toString()).status()).isEqualTo(303);
    }

    private void deploy(boolean shared, String shop, String bank) throws IOException {
        if (!shared) {
            tomcat.deploy(shop, webXml(shopProject));
            tomcat.deploy(bank, webXml(bankProject));
            return;
        }
        URLClassLoader common = DeployingTomcat.sharedLoader();
        tomcat.deploySharing(common, shop, webXml(shopProject));
        tomcat.deploySharing(common, bank, webXml(bankProject));
    }

    private static String webXml(DescopeEmulator project) {
        return ConstrainedApplication.settings(project)
                + ConstrainedApplication.parameter("descope.protected-paths", "/account/*");
    }

    private static void signIn(Browser browser, DescopeEmulator project) {
        browser.askForLink("email", ANA, "");
        assertThat(browser.get(project.inbox().latest(ANA).link().toString()).status())
                .isEqualTo(303);
    }

    private int bearer(String contextPath, String sessionJwt) {
        return new Browser(tomcat.base(contextPath), shopProject.clock())
                .get(contextPath + "/account/none", "Authorization", "Bearer " + sessionJwt)
                .status();
    }
}
