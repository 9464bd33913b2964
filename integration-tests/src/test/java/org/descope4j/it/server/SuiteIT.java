package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.descope4j.it.suite.Bank;
import org.descope4j.it.suite.Desk;
import org.descope4j.it.suite.DeskPage;
import org.descope4j.it.suite.Teller;
import org.descope4j.servlet.SignInHandler;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two applications of two projects in one EAR, with our jars in its lib: they share every class of ours, and nothing else. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SuiteIT {
    private static final URI SHOP = SampleWar.uri("shop");
    private static final URI BANK = SampleWar.uri("bank");
    private static final DescopeEmulator SHOP_PROJECT =
            DescopeEmulator.builder().projectId("PEmulatorShop000000000000000").start();
    private static final DescopeEmulator BANK_PROJECT = DescopeEmulator.builder()
            .projectId("PEmulatorBank000000000000000")
            .rolesForNewUsers("member")
            .start();

    private final HttpClient client = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static EnterpriseArchive suite() {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, "suite.ear");
        SampleWar.jars(SampleWar.read(), "")
                .values()
                .forEach(jar -> ear.add(
                        requireNonNull(jar.getAsset()), jar.getPath().get().replace("/WEB-INF/lib", "/lib")));
        return ear.addAsModule(shop()).addAsModule(bank());
    }

    private static WebArchive shop() {
        return war("shop")
                .addAsResource(
                        new StringAsset("descope.project-id=" + SHOP_PROJECT.projectId()
                                + "\ndescope.answer-time=0s"
                                + "\ndescope.base-url=" + SHOP_PROJECT.baseUri()
                                + "\ndescope.application-name=The shop\ndescope.protected-paths=/private/*\n"),
                        "META-INF/microprofile-config.properties");
    }

    private static WebArchive bank() {
        return war("bank")
                .addClasses(Bank.class, Teller.class)
                .addAsServiceProvider(SignInHandler.class, Teller.class)
                .setWebXML(ConstrainedWar.webXml(
                        BANK_PROJECT,
                        ConstrainedWar.parameter("bearer-skips-sign-in-handler", "true")
                                + ConstrainedWar.constraint("/private/*", "member")));
    }

    private static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(Desk.class, DeskPage.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    @AfterAll
    static void endEmulators() {
        SHOP_PROJECT.close();
        BANK_PROJECT.close();
    }

    @Test
    void F3_each_application_has_its_own_users_in_one_browser() {
        try (Browser browser = new HtmlUnitBrowser()) {
            signIn(browser, SHOP.resolve("private/desk"), "The shop", SHOP_PROJECT, "ana@example.com");
            assertThat(browser.text()).contains("injected=ana@example.com request=ana@example.com name=U");

            browser.open(BANK.resolve("desk"));
            assertThat(browser.text()).contains("injected=nobody request=nobody name=none");
            signIn(browser, BANK.resolve("private/desk"), "The bank", BANK_PROJECT, "ben@example.com");
            assertThat(browser.text())
                    .contains("injected=ben@example.com request=ben@example.com name=account of the bank");

            browser.open(SHOP.resolve("desk"));
            assertThat(browser.text()).contains("injected=ana@example.com request=ana@example.com name=U");
        }
    }

    @Test
    void F3_each_application_protects_its_own_paths() throws Exception {
        assertThat(status(SHOP.resolve("private/desk"), "")).isEqualTo(401);
        assertThat(status(SHOP.resolve("account/desk"), "")).isEqualTo(200);
        assertThat(status(BANK.resolve("private/desk"), "")).isEqualTo(401);
        assertThat(status(BANK.resolve("account/desk"), "")).isEqualTo(401);
    }

    @Test
    void F3_a_session_of_one_is_nothing_in_the_other() throws Exception {
        String ofShop = SHOP_PROJECT.signIn("cleo@example.com").sessionJwt();
        String ofBank = BANK_PROJECT.signIn("cleo@example.com").sessionJwt();

        assertThat(status(SHOP.resolve("private/desk"), ofShop)).isEqualTo(200);
        assertThat(status(SHOP.resolve("private/desk"), ofBank)).isEqualTo(401);
        assertThat(status(BANK.resolve("account/desk"), ofBank)).isEqualTo(200);
        assertThat(status(BANK.resolve("account/desk"), ofShop)).isEqualTo(401);
    }

    @Test
    void F3_each_application_is_injected_the_connection_of_its_own_project() throws Exception {
        String ofShop = SHOP_PROJECT.signIn("dan@example.com").sessionJwt();
        String ofBank = BANK_PROJECT.signIn("dan@example.com").sessionJwt();

        assertThat(body(SHOP.resolve("desk?jwt=" + ofShop))).contains("here=own managed=own");
        assertThat(body(BANK.resolve("desk?jwt=" + ofShop))).contains("here=foreign managed=foreign");
        assertThat(body(BANK.resolve("desk?jwt=" + ofBank))).contains("here=own managed=own");
        assertThat(body(SHOP.resolve("desk?jwt=" + ofBank))).contains("here=foreign managed=foreign");
    }

    @Test
    void F3_a_thread_of_nobody_is_told_how_to_get_its_connection_rather_than_given_any() throws Exception {
        String ofShop = SHOP_PROJECT.signIn("eva@example.com").sessionJwt();

        assertThat(body(SHOP.resolve("desk?jwt=" + ofShop))).contains("elsewhere=[Several applications");
    }

    private static void signIn(Browser browser, URI page, String name, DescopeEmulator project, String email) {
        browser.open(page);
        assertThat(browser.text()).contains(name);
        browser.type("loginId", email);
        browser.press("Send me a link");
        browser.open(project.inbox().latest(email).link());
        assertThat(browser.address()).isEqualTo(page);
    }

    private int status(URI page, String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(page).header("Accept", "application/json");
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private String body(URI page) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
    }
}
