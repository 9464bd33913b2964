package org.descope4j.cdi;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        System.setProperty("descope.answer-time", "0s");
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
        System.clearProperty("descope.answer-time");
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
    void an_injected_principal_answers_every_question_as_that_of_the_request_does() throws Exception {
        HttpResponse<String> everything =
                send(signedInBrowser("eve@example.com"), HttpRequest.newBuilder(uri("/private?ask=everything")));

        assertThat(everything.body())
                .contains("signedInAt", "displayName", "loginId", "roles", "session")
                .endsWith(" differ: [], signed in at a known time: true");
    }

    @Test
    void closing_the_injected_client_leaves_the_applications_open() throws Exception {
        assertThat(ask("/public?ask=keys-after-closing").body()).isEqualTo("there");
        assertThat(ask("/private?ask=name", signIn("bob@example.com")).statusCode())
                .isEqualTo(200);
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

    /** The cookies of a browser that asked for a link and opened it. */
    private Map<String, String> signedInBrowser(String loginId) throws IOException, InterruptedException {
        Map<String, String> cookies = new HashMap<>();
        String form =
                send(cookies, HttpRequest.newBuilder(uri("/auth/sign-in"))).body();
        post(
                cookies,
                uri("/auth/sign-in"),
                "deliveryMethod=email&returnTo=&loginId=" + encode(loginId, UTF_8) + "&_descope_csrf="
                        + hidden("_descope_csrf", form));
        URI link = emulator.inbox().latest(loginId).link();
        assertThat(send(cookies, HttpRequest.newBuilder(link)).statusCode()).isEqualTo(303);
        return cookies;
    }

    private static String hidden(String field, String page) {
        Matcher found =
                Pattern.compile("name=\"" + field + "\" value=\"([^\"]+)\"").matcher(page);
        assertThat(found.find()).as(field).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> post(Map<String, String> cookies, URI uri, String fields)
            throws IOException, InterruptedException {
        return send(
                cookies,
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "http://" + uri.getAuthority())
                        .POST(BodyPublishers.ofString(fields)));
    }

    /** With the cookies, and what is set of them is kept. */
    private HttpResponse<String> send(Map<String, String> cookies, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream().map(Map.Entry::toString).collect(joining("; ")));
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").forEach(cookie -> {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        });
        return answer;
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path);
    }
}
