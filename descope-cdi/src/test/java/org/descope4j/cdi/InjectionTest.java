package org.descope4j.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.descope4j.DeliveryMethod;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.Tokens;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class InjectionTest {
    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rolesForNewUsers("member").start();
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void start(@TempDir Path directory) throws LifecycleException {
        System.setProperty("descope.project-id", emulator.projectId());
        System.setProperty("descope.base-url", emulator.baseUri().toString());
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addWebapp("", directory.toString());
        Wrapper greeting = Tomcat.addServlet(context, "greeting", GreetingServlet.class.getName());
        greeting.addMapping("/public");
        greeting.addMapping("/private");
        tomcat.start();
    }

    @AfterAll
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        emulator.close();
        System.clearProperty("descope.project-id");
        System.clearProperty("descope.base-url");
    }

    @Test
    void one_bean_for_all_requests_sees_the_user_of_each() throws Exception {
        Tokens ada = signIn("ada@example.com");
        Tokens bob = signIn("bob@example.com");

        String first = ask("/private?ask=name", ada).body();
        String second = ask("/private?ask=name", bob).body();
        String third = ask("/private?ask=name", ada).body();

        assertThat(first).contains("[member]").isEqualTo(third).isNotEqualTo(second);
    }

    @Test
    void D6_an_injected_principal_without_a_session_says_what_to_do() throws Exception {
        assertThat(ask("/public?ask=name").body())
                .contains("Nobody is signed in")
                .contains("descope.protected-paths");
    }

    @Test
    void a_bean_for_everybody_asks_whether_somebody_is_signed_in() throws Exception {
        assertThat(ask("/public?ask=greet").body()).isEqualTo("nobody");
        assertThat(ask("/public?ask=greet", signIn("ada@example.com")).body()).startsWith("U");
    }

    @Test
    void D7_outside_a_request_nobody_is_signed_in() throws Exception {
        assertThat(ask("/public?ask=elsewhere", signIn("ada@example.com")).body())
                .isEqualTo("nobody");
        assertThat(ask("/public?ask=elsewhere-in-scope", signIn("ada@example.com"))
                        .body())
                .isEqualTo("nobody");
    }

    @Test
    void after_a_sign_out_in_the_middle_of_a_request_nobody_is_injected() throws Exception {
        assertThat(ask("/private?ask=sign-out", signIn("ada@example.com")).body())
                .isEqualTo("nobody DescopePrincipal[nobody]");
    }

    @Test
    void the_principal_is_no_bean_for_that_of_java_which_servers_have_one_of_their_own_for() throws Exception {
        assertThat(ask("/public?ask=principals").body()).isEqualTo("[]");
    }

    @Test
    void the_client_of_the_filters_can_be_injected() throws Exception {
        assertThat(ask("/public?ask=keys").body()).isEqualTo("there");
    }

    @Test
    void the_client_of_the_only_application_can_be_used_in_every_thread() throws Exception {
        assertThat(ask("/public?ask=keys-elsewhere").body()).isEqualTo("there");
        assertThat(ask("/public?ask=keys-in-scope").body()).isEqualTo("there");
    }

    @Test
    void D9_an_injected_principal_shows_no_jwt() throws Exception {
        assertThat(ask("/private?ask=toString", signIn("ada@example.com")).body())
                .startsWith("DescopePrincipal[U")
                .doesNotContain("eyJ");
    }

    @Test
    void what_MicroProfile_Config_says_counts() throws Exception {
        assertThat(ask("/private?ask=greet").statusCode()).isEqualTo(401);
        assertThat(ask("/auth/sign-in").body()).contains("Injected");
    }

    private Tokens signIn(String loginId) {
        DescopeSettings settings = DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .build();
        try (Descope descope = Descope.connect(settings)) {
            descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, loginId, URI.create("https://app.example.com/"));
            return descope.magicLinks()
                    .verify(emulator.inbox().latest(loginId).token())
                    .tokens();
        }
    }

    private HttpResponse<String> ask(String path, Tokens tokens) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + tokens.sessionJwt())
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path);
    }
}
