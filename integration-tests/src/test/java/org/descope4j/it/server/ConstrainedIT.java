package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What web.xml constrains, on a server that asks us who sends a request. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConstrainedIT {
    private static final URI APPLICATION = SampleWar.uri("constrained");
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .rolesForNewUsers("member")
            .start();

    @Deployment(testable = false)
    static WebArchive application() {
        return ConstrainedWar.named("constrained", EMULATOR);
    }

    @AfterAll
    static void endEmulator() {
        EMULATOR.close();
    }

    @Test
    void a_constrained_page_leads_to_sign_in_and_back_to_a_user_with_roles() {
        try (Browser browser = new HtmlUnitBrowser()) {
            signIn(browser, "ana@example.com");

            assertThat(browser.address()).isEqualTo(APPLICATION.resolve("private/who"));
            assertThat(browser.text())
                    .contains("login=ana@example.com", "member=true", "owner=false")
                    .doesNotContain("principal=none");
        }
    }

    @Test
    void who_lacks_the_role_is_refused_by_the_server() {
        try (Browser browser = new HtmlUnitBrowser()) {
            signIn(browser, "ben@example.com");

            browser.open(APPLICATION.resolve("owners/who"));

            assertThat(browser.text()).containsAnyOf("403", "Forbidden").doesNotContain("principal=");
        }
    }

    @Test
    void after_signing_out_the_constraint_holds_again() {
        try (Browser browser = new HtmlUnitBrowser()) {
            signIn(browser, "cleo@example.com");

            browser.open(APPLICATION.resolve("auth/sign-out"));
            browser.press("Sign out");
            browser.open(APPLICATION.resolve("private/who"));

            assertThat(browser.address().getPath()).isEqualTo("/constrained/auth/sign-in");
        }
    }

    @Test
    void a_program_gets_401_and_a_problem_document_whatever_it_sends() throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(APPLICATION.resolve("private/who"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> denied = HttpClient.newHttpClient().send(post, BodyHandlers.ofString());

        assertThat(denied.statusCode()).isEqualTo(401);
        assertThat(denied.body()).contains("/constrained/auth/sign-in");
    }

    private static void signIn(Browser browser, String email) {
        browser.open(APPLICATION.resolve("private/who"));
        browser.type("loginId", email);
        browser.press("Send me a link");
        browser.open(EMULATOR.inbox().latest(email).link());
    }
}
