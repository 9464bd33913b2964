package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.tomcat.websocket.server.WsSci;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
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

/** WebSockets of an application behind our filters: /live is public, /account/live needs a user, /admin/live a role. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebSocketsTest {
    private static final String ADA = "ada@example.com";
    private static final String EDITOR = "eve@example.com";
    private static final String EVIL = "https://evil.example";

    private final DescopeEmulator emulator = DescopeEmulator.builder()
            .rotatesRefreshTokens(true)
            .user(NewUser.builder(EDITOR).roles("editor").build())
            .start();
    private ServedApplication application = started(settings -> settings);

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private ServedApplication started(UnaryOperator<ServletSettings.Builder> change) {
        return ServedApplication.start(emulator, change, WebSocketsTest::addSockets);
    }

    private void restart(UnaryOperator<ServletSettings.Builder> change) {
        application.close();
        application = started(change);
    }

    @ParameterizedTest(name = "cookies: {0}")
    @ValueSource(strings = {"", "DS=junk", "DS=junk; DSR=junk"})
    void C26_without_a_session_the_handshake_on_a_protected_path_is_answered_401(String cookies) {
        LiveSocket.Handshake handshake = shake("/account/live", own(), cookies);

        assertThat(handshake.refused().statusCode()).isEqualTo(401);
        assertThat(handshake.header("Content-Type")).startsWith("application/problem+json");
        assertThat(handshake.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"descope\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live", "/account/live", "/admin/live"})
    void C20_C26_an_open_socket_knows_the_user_of_the_handshake(String path) {
        Browser browser = application.signedIn(EDITOR);

        LiveSocket socket = shake(path, own(), cookiesOf(browser)).opened();

        assertThat(socket.next())
                .isEqualTo("principal=" + SessionRulesTest.subject(browser.cookie("DS")) + " name=" + EDITOR
                        + " editor=true, at the handshake " + EDITOR);
    }

    @Test
    void C26_without_the_role_of_the_path_the_handshake_is_answered_403() {
        Browser browser = application.signedIn(ADA);

        LiveSocket.Handshake handshake = shake("/admin/live", own(), cookiesOf(browser));

        assertThat(handshake.refused().statusCode()).isEqualTo(403);
        assertThat(handshake.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/account/live, https://evil.example",
        "/live, https://evil.example",
        "/live, null",
        "/live, http://localhost:1",
        "/live, http://localhost.evil.example"
    })
    void C26_a_page_of_another_origin_opens_no_socket_with_the_cookies_of_its_visitor(String path, String origin) {
        Browser browser = application.signedIn(ADA);
        try (LoggedLines log = LoggedLines.of(Journal.class)) {
            LiveSocket.Handshake handshake = shake(path, origin, cookiesOf(browser));

            assertThat(handshake.refused().statusCode()).isEqualTo(403);
            assertThat(handshake.header("Content-Type")).startsWith("application/problem+json");
            assertThat(log.all()).singleElement().asString().contains("DENIED", "OTHER_ORIGIN");
        }
    }

    @Test
    void C26_a_page_of_another_origin_gets_a_socket_on_a_public_path_that_knows_nobody() {
        assertThat(shake("/live", EVIL, "").opened().next()).startsWith("principal=none ");
    }

    @ParameterizedTest
    @CsvSource({"trusted-origins, https://spa.example.com", "csrf-protection, false"})
    void C26_settings_let_another_origin_in(String setting, String value) {
        restart(settings -> settings.setting(setting, value));
        Browser browser = application.signedIn(ADA);

        LiveSocket socket = shake("/account/live", "https://spa.example.com", cookiesOf(browser))
                .opened();

        assertThat(socket.next()).contains("name=" + ADA);
    }

    @Test
    void C26_a_program_says_no_origin_and_needs_none() {
        Browser browser = application.signedIn(ADA);
        URI uri = uri("/account/live");

        assertThat(LiveSocket.shake(uri, "Cookie", cookiesOf(browser)).opened().next())
                .contains("name=" + ADA);
    }

    @Test
    void C6_C26_a_Bearer_token_opens_a_socket_from_anywhere_and_decides_alone() {
        String sessionJwt = emulator.signIn(EDITOR).sessionJwt();
        Browser browser = application.signedIn(ADA);

        String opened = LiveSocket.shake(
                        uri("/account/live"),
                        "Origin",
                        EVIL,
                        "Cookie",
                        cookiesOf(browser),
                        "Authorization",
                        "Bearer " + sessionJwt)
                .opened()
                .next();
        LiveSocket.Handshake forged = LiveSocket.shake(
                uri("/account/live"), "Origin", own(), "Cookie", cookiesOf(browser), "Authorization", "Bearer junk");

        assertThat(opened).startsWith("principal=" + SessionRulesTest.subject(sessionJwt));
        assertThat(forged.refused().statusCode()).isEqualTo(401);
    }

    @Test
    void C8_C26_a_session_that_is_over_is_refreshed_by_the_handshake_and_its_cookies_come_with_the_101() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        List<String> head = headOfHandshake("/app/account/live", cookiesOf(browser));

        assertThat(head.get(0)).startsWith("HTTP/1.1 101");
        assertThat(head)
                .anyMatch(line -> line.startsWith("Set-Cookie: DS=ey"))
                .anyMatch(line -> line.startsWith("Set-Cookie: DSR=ey"));
    }

    @Test
    void C12_C26_while_nobody_can_tell_the_handshake_is_answered_503() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        emulator.misbehave(Fault.status(503).at("/v1/auth/refresh").times(1));

        LiveSocket.Handshake handshake = shake("/account/live", own(), cookiesOf(browser));

        assertThat(handshake.refused().statusCode()).isEqualTo(503);
        assertThat(handshake.header("Retry-After")).isNotEmpty();
    }

    @Test
    void C21_C26_signing_out_closes_the_sockets_of_an_HttpSession() {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/visit?note=has-a-session");
        LiveSocket socket = shake("/account/live", own(), cookiesOf(browser)).opened();
        socket.next();

        Answer form = browser.get("/app/auth/sign-out");
        browser.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

        assertThat(socket.closedWith())
                .as("Jakarta WebSocket, section 7.2: the policy is violated")
                .isEqualTo(1008);
    }

    @Test
    void C26_it_holds_too_where_the_server_registers_its_sockets_before_us() throws Exception {
        DescopeSettings descope = DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .build();
        ServletSettings settings = ServletSettings.forProject(descope)
                .secrets(ServedApplication.SECRET)
                .protectedPaths("/account/*")
                .build();
        try (Servers.Running running = Servers.TOMCAT_WITH_RELATIVE_REDIRECTS.start("/app", (types, context) -> {
            new WsSci().onStartup(Set.of(), context);
            addEndpoints(context);
            context.addServlet("who", new ProbeServlets.WhoAmI()).addMapping("/");
            DescopeFilters.install(context, Descope.connect(descope), settings);
        })) {
            URI uri = URI.create("ws://localhost:" + running.port() + "/app/account/live");

            assertThat(LiveSocket.shake(uri).refused().statusCode()).isEqualTo(401);
        }
    }

    /** Says who opened it. */
    public static final class Live extends Endpoint {
        /** For the server. */
        public Live() {}

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            String name = session.getUserPrincipal() instanceof DescopePrincipal user ? user.displayName() : "none";
            String principal = session.getUserPrincipal() == null
                    ? "none"
                    : session.getUserPrincipal().getName();
            try {
                session.getBasicRemote()
                        .sendText("principal=" + principal + " name=" + name
                                + session.getUserProperties().get("handshake"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Notes who asks, by what a handshake shows. */
    private static final class Handshakes extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            String name = request.getUserPrincipal() instanceof DescopePrincipal user ? user.displayName() : "none";
            config.getUserProperties()
                    .put("handshake", " editor=" + request.isUserInRole("editor") + ", at the handshake " + name);
        }
    }

    private static void addSockets(Context context) {
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer((types, servlets) -> addEndpoints(servlets), Set.of());
    }

    private static void addEndpoints(ServletContext context) throws ServletException {
        ServerContainer sockets = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        for (String path : List.of("/live", "/account/live", "/admin/live")) {
            try {
                sockets.addEndpoint(ServerEndpointConfig.Builder.create(Live.class, path)
                        .configurator(new Handshakes())
                        .build());
            } catch (DeploymentException e) {
                throw new ServletException(e);
            }
        }
    }

    private LiveSocket.Handshake shake(String path, String origin, String cookies) {
        return cookies.isEmpty()
                ? LiveSocket.shake(uri(path), "Origin", origin)
                : LiveSocket.shake(uri(path), "Origin", origin, "Cookie", cookies);
    }

    private URI uri(String path) {
        return URI.create("ws://localhost:" + application.port() + "/app" + path);
    }

    /** The origin of the application's own pages. */
    private String own() {
        return "http://localhost:" + application.port();
    }

    private static String cookiesOf(Browser browser) {
        return browser.cookieHeader("/app/account/live");
    }

    /** The JDK's client shows no headers of the answer to a handshake that went well. */
    private List<String> headOfHandshake(String path, String cookies) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.setSoTimeout(10_000);
            String request = String.join(
                    "\r\n",
                    "GET " + path + " HTTP/1.1",
                    "Host: localhost:" + application.port(),
                    "Origin: " + own(),
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Cookie: " + cookies,
                    "",
                    "");
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            return Stream.generate(() -> line(answer))
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(BufferedReader answer) {
        try {
            return answer.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
