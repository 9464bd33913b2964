package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionRulesTest {
    private static final String ADA = "ada@example.com";
    private static final String REFRESH = "/v1/auth/refresh";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(
                emulator,
                settings -> settings.setting("ignored-paths", "/assets/*,*.css")
                        .setting("online-check-paths", "/transfer/*")
                        .setting("trusted-origins", "https://spa.example.com")
                        .setting("clear-site-data", "cache, storage"));
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void C14_an_answer_that_clears_the_cookies_is_never_cached_either() {
        Browser browser = application.browser();
        browser.plant("DSR", "junk");

        Answer answer = browser.get("/app/who");

        assertThat(answer.setCookie("DSR")).contains("Max-Age=0");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(application.signedIn(ADA).get("/app/logout").header("Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    void C14_a_reset_of_the_response_loses_neither_the_new_session_nor_the_rule() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.get("/app/reset");

        assertThat(answer.setCookie("DS")).isNotEmpty();
        assertThat(answer.setCookie("DSR")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void C15_what_a_signed_in_user_sees_is_kept_by_no_cache_unless_the_application_says_otherwise() {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/who");

        assertThat(browser.get("/app/who").header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(browser.get("/app/who").header("Vary")).isEqualTo("Cookie, Authorization");
        assertThat(browser.get("/app/account/cached").header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(browser.get("/app/account/cached").header("Vary")).isEqualTo("Cookie, Authorization");
        assertThat(browser.get("/app/reset").header("Vary")).contains("Accept-Language", "Cookie, Authorization");
        assertThat(application.browser().get("/app/who").headers()).doesNotContainKey("Cache-Control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "style", "script", "font"})
    void C15_a_personal_answer_is_private_whatever_the_browser_wants_it_for(String destination) {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/who");

        // this servlet asks who the user is, the one below does not
        assertThat(browser.get("/app/who", "Sec-Fetch-Dest", destination).header("Cache-Control"))
                .isEqualTo("private, no-store");
        assertThat(browser.get("/app/account/photo", "Sec-Fetch-Dest", destination)
                        .header("Cache-Control"))
                .isEqualTo("private, no-store");
        assertThat(browser.get("/app/plain", "Sec-Fetch-Dest", destination).headers())
                .doesNotContainKeys("Cache-Control", "Vary");
        assertThat(browser.get("/app/plain").header("Cache-Control")).isEqualTo("private, no-store");
    }

    @Test
    void C14_no_header_makes_an_answer_with_cookies_cacheable() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.get("/app/dated");

        assertThat(answer.setCookie("DS")).isNotEmpty();
        assertThat(answer.headers()).doesNotContainKey("Expires");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/assets/logo", "/app/site.css"})
    void C16_ignored_paths_cost_nothing_and_refresh_nothing(String path) {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.get(path);

        assertThat(answer.body()).contains("principal=none");
        assertThat(answer.setCookies()).isEmpty();
        assertThat(refreshes()).isZero();
    }

    @Test
    void C16_a_protected_path_is_never_ignored() {
        assertThat(application.browser().get("/app/account/site.css").status()).isEqualTo(401);
        assertThat(application.signedIn(ADA).get("/app/account/site.css").body())
                .contains("name=" + ADA);
    }

    @ParameterizedTest
    @CsvSource({
        "/app/who, Sec-Purpose, prefetch",
        "/app/account, Purpose, Preview",
        "/app/auth/sign-in, X-Moz, PREFETCH"
    })
    void C16_a_prefetch_that_needs_a_refresh_is_asked_again_at_the_click(String path, String header, String value) {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer answer = browser.get(path, header, value, "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).isEmpty();
        assertThat(answer.setCookies()).isEmpty();
        assertThat(refreshes()).isZero();
        assertThat(browser.get("/app/who").body()).contains("name=" + ADA);
        assertThat(browser.get("/app/who", header, value).body()).contains("name=" + ADA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer ", "Bearer\tx", "DPoP", "Basic YTpi, Bearer x", "Bearer:x"})
    void C6_a_header_that_names_bearer_decides_alone_in_whatever_form(String header) throws IOException {
        Browser browser = application.signedIn(ADA);

        String answer = exchange(
                "GET /app/account HTTP/1.1",
                "Cookie: " + browser.cookieHeader("/app/account"),
                "Authorization: " + header);

        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain(ADA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//account",
                "/./account",
                "/%61ccount",
                "/account;x",
                "/public/..;/account",
                "/public/%2e%2e/account",
                "/account/",
                "/account//",
                "/account/.",
                "/account%2f..%2faccount",
                "/account/%00"
            })
    void C17_no_spelling_on_the_wire_gets_to_a_protected_path_unasked(String path) throws IOException {
        String answer = exchange("GET /app" + path + " HTTP/1.1", "Accept: application/json");

        assertThat(answer.substring(9, 12)).isIn("401", "400", "404");
        assertThat(answer).doesNotContain("authType");
    }

    @ParameterizedTest
    @CsvSource({
        "/account/, true",
        "/x%2f..%2faccount, true",
        "/%2561ccount, true",
        "//account, true",
        "/x/../account, true",
        "/account;v=1, true",
        "/a/..;/account, true",
        "/./account, true",
        "\\account, true",
        "/account/x/.., true",
        "/accounting, false",
        "/ACCOUNT, false"
    })
    void C17_where_a_server_normalises_less_every_reading_counts(String path, boolean isProtected) {
        ProtectedPaths paths = ProtectedPaths.of(AuthPaths.DEFAULT, "/account", "");

        assertThat(paths.needOf(Requests.to(path)).isPresent()).isEqualTo(isProtected);
    }

    @Test
    void C17_the_sterner_reading_decides_about_the_role() {
        ProtectedPaths paths = ProtectedPaths.of(AuthPaths.DEFAULT, "/*,/admin/*=admin", "/admin;x/*");

        assertThat(paths.needOf(Requests.to("/admin;x/y")))
                .contains(new ProtectedPaths.Need(java.util.Set.of("admin")));
    }

    @Test
    void C18_a_forward_and_an_include_keep_the_user_and_refresh_once() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer forwarded = browser.get("/app/inside?forward=/account/x");
        assertThat(forwarded.body()).contains("authType=DESCOPE", "name=" + ADA, "dispatch=FORWARD");
        assertSetOnce(forwarded);
        emulator.advanceClock(Duration.ofMinutes(11));
        Answer included = browser.get("/app/inside?include=/account/x");
        assertThat(included.body()).contains("authType=DESCOPE", "name=" + ADA, "dispatch=INCLUDE");
        assertSetOnce(included);
        assertThat(refreshes()).isEqualTo(2);
    }

    @Test
    void C18_an_asynchronous_and_an_error_dispatch_set_no_cookie_twice() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer later = browser.get("/app/account/later");
        assertThat(later.body()).contains("dispatch=ASYNC", "name=" + ADA);
        assertSetOnce(later);
        emulator.advanceClock(Duration.ofMinutes(11));
        Answer broken = browser.get("/app/broken");
        assertThat(broken.body()).contains("dispatch=ERROR", "name=" + ADA);
        assertSetOnce(broken);
    }

    @Test
    void C18_another_thread_of_the_request_keeps_the_user_and_an_error_page_its_protection() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));

        assertThat(browser.get("/app/account/thread").body()).contains("authType=DESCOPE", "name=" + ADA);
        assertThat(refreshes()).isOne();
        try (ServedApplication closed =
                ServedApplication.start(emulator, settings -> settings.protectedPaths("/who"))) {
            Answer error = closed.browser().get("/app/broken");
            assertThat(error.body()).doesNotContain("authType");
        }
    }

    @Test
    void C19_two_hundred_users_on_few_threads_never_see_each_other() throws Exception {
        List<String> sessions = IntStream.range(0, 200)
                .mapToObj(i -> emulator.signIn("user" + i + "@example.com").sessionJwt())
                .toList();
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Callable<String>> questions = IntStream.range(0, 1000)
                    .<Callable<String>>mapToObj(i -> () -> {
                        // every third request is nobody's, so that what a thread kept of another would show
                        boolean isAnonymous = i % 3 == 0;
                        String body = isAnonymous
                                ? application.browser().get("/app/who").body()
                                : application
                                        .browser()
                                        .get("/app/who", "Authorization", "Bearer " + sessions.get(i % 200))
                                        .body();
                        String expected = isAnonymous ? "none" : SessionRulesTest.subject(sessions.get(i % 200));
                        return body.contains("principal=" + expected + " ") ? "" : expected + ": " + body;
                    })
                    .toList();

            for (Future<String> answer : clients.invokeAll(questions)) {
                assertThat(answer.get()).isEmpty();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void C21_signing_out_everywhere_ends_the_sessions_of_all_devices() {
        Browser phone = application.signedIn(ADA);
        Browser laptop = application.signedIn(ADA);
        Answer form = laptop.get("/app/auth/sign-out");

        Answer out = laptop.post(
                "/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf"), "everywhere", "true"));

        assertThat(out.status()).isEqualTo(303);
        assertThat(out.header("Clear-Site-Data")).isEqualTo("\"cache\", \"storage\"");
        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(phone.get("/app/who").body()).contains("principal=none");
    }

    @Test
    void C21_signing_out_here_leaves_other_devices_alone() {
        Browser phone = application.signedIn(ADA);
        Browser laptop = application.signedIn(ADA);
        Answer form = laptop.get("/app/auth/sign-out");

        laptop.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(phone.get("/app/who").body()).contains("name=" + ADA);
    }

    @Test
    void C21_signing_out_right_after_a_refresh_ends_the_new_session_too() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        String oldRefreshJwt = browser.cookie("DSR");
        Answer answer = browser.get("/app/logout");

        assertThat(answer.setCookies())
                .filteredOn(cookie -> cookie.startsWith("DSR="))
                .as("of the refresh and the sign-out the last one counts")
                .singleElement()
                .asString()
                .contains("Max-Age=0");
        assertThat(emulator.requests().stream()
                        .filter(request -> request.path().endsWith("/logout"))
                        .map(request -> request.header("Authorization").orElse("")))
                .singleElement()
                .asString()
                .contains(":ey")
                .doesNotContain(oldRefreshJwt);
    }

    @Test
    void C22_on_chosen_paths_a_session_that_was_ended_elsewhere_is_none_at_once() {
        Browser phone = application.signedIn(ADA);
        Browser laptop = application.signedIn(ADA);
        assertThat(phone.get("/app/transfer/1").body()).contains("name=" + ADA);
        Answer form = laptop.get("/app/auth/sign-out");
        laptop.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf"), "everywhere", "true"));

        assertThat(phone.get("/app/account").status()).isEqualTo(200);
        Answer refused = phone.get("/app/transfer/1");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.setCookie("DS"))
                .as("newer cookies may be on their way")
                .isEmpty();
        assertThat(phone.get("/app/transfer/1").status()).isEqualTo(401);
        emulator.advanceClock(Duration.ofSeconds(20));
        Answer later = phone.get("/app/transfer/1");
        assertThat(later.status()).isEqualTo(401);
        assertThat(later.setCookie("DS")).contains("Max-Age=0");
    }

    @Test
    void C22_where_nobody_can_ask_nobody_is_let_in_and_nobody_is_signed_out() {
        Browser browser = application.signedIn(ADA);
        String bearer = "Bearer " + browser.cookie("DS");
        assertThat(application
                        .browser()
                        .get("/app/transfer/1", "Authorization", bearer)
                        .status())
                .isEqualTo(401);
        emulator.misbehave(Fault.status(503).times(5));

        Answer answer = browser.get("/app/transfer/1");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.setCookie("DS") + answer.setCookie("DSR")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, none, 200",
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Origin, https://spa.example.com, 200",
        "X-Nothing, said, 200"
    })
    void C24_what_another_origin_makes_the_browser_do_is_refused(String header, String value, int status) {
        Browser browser = application.signedIn(ADA);

        assertThat(browser.send("DELETE", "/app/account/1", "", header, value).status())
                .isEqualTo(status);
        assertThat(browser.post("/app/who", Map.of("a", "b"), header, value).status())
                .isEqualTo(status);
        assertThat(browser.get("/app/who", header, value).status()).isEqualTo(200);
        String bearer = "Bearer " + browser.cookie("DS");
        assertThat(application
                        .browser()
                        .post("/app/who", Map.of("a", "b"), header, value, "Authorization", bearer)
                        .status())
                .as("a Bearer token is nothing that a browser adds by itself")
                .isEqualTo(200);
    }

    @Test
    void C24_the_own_origin_is_also_the_one_that_the_browser_is_on() {
        Browser browser = application.signedIn(ADA);
        String own = "http://localhost:" + application.port();

        assertThat(browser.post("/app/who", Map.of("a", "b"), "Origin", own).status())
                .isEqualTo(200);
        assertThat(browser.post(
                                "/app/who",
                                Map.of("a", "b"),
                                "Sec-Fetch-Site",
                                "cross-site",
                                "Origin",
                                "https://spa.example.com")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:PORT.evil.example",
                "http://localhost:PORT0",
                "http://localhost:POR",
                "http://l",
                "http://",
                "http://localhost:PORT@evil.example",
                "http://evil.example/localhost:PORT",
                "localhost:PORT",
                "null",
                ""
            })
    void C24_C26_an_origin_is_compared_as_a_whole_with_the_host_that_the_browser_is_on(String template)
            throws IOException {
        Browser browser = application.signedIn(ADA);
        String port = String.valueOf(application.port());
        String origin = template.replace("PORT", port).replace("POR", port.substring(0, port.length() - 1));

        assertThat(browser.post("/app/who", Map.of("a", "b"), "Origin", origin).status())
                .isEqualTo(403);
        assertThat(exchange(
                                "GET /app/who HTTP/1.1",
                                "Upgrade: websocket",
                                "Origin: " + origin,
                                "Cookie: " + browser.cookieHeader("/app/who"))
                        .substring(9, 12))
                .isEqualTo("403");
    }

    @Test
    void C24_a_page_of_the_same_host_on_plain_http_is_another_origin_where_the_application_is_on_https() {
        try (ServedApplication secure =
                ServedApplication.start(emulator, settings -> settings.publicUrl("https://app.example.com/app"))) {
            Browser browser = secure.signedIn(ADA);
            String host = "localhost:" + secure.port();

            assertThat(browser.post("/app/who", Map.of("a", "b"), "Origin", "http://" + host)
                            .status())
                    .isEqualTo(403);
            assertThat(browser.post("/app/who", Map.of("a", "b"), "Origin", "https://" + host)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void C24_it_can_be_switched_off() {
        try (ServedApplication open =
                ServedApplication.start(emulator, settings -> settings.setting("csrf-protection", "false"))) {
            assertThat(open.signedIn(ADA)
                            .post("/app/who", Map.of("a", "b"), "Sec-Fetch-Site", "cross-site")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spa.example.com", "https://spa.example.com/", "https://Spa.example.com", "ftp://a.b", "*"})
    void F2_a_trusted_origin_that_is_none_is_refused(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                                .build())
                        .publicUrl("https://app.example.com")
                        .setting("trusted-origins", origin)
                        .build())
                .withMessageContaining("descope.trusted-origins");
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example, 403", "null, 403", "https://spa.example.com, 200", "own, 200"})
    void C26_a_websocket_handshake_with_cookies_must_come_from_an_own_page(String origin, String status)
            throws IOException {
        Browser browser = application.signedIn(ADA);
        String from = origin.equals("own") ? "http://localhost:" + application.port() : origin;

        String answer = exchange(
                "GET /app/who HTTP/1.1",
                "Upgrade: websocket",
                "Origin: " + from,
                "Cookie: " + browser.cookieHeader("/app/who"));

        assertThat(answer.substring(9, 12)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /app/who HTTP/1.1;Upgrade: WebSocket, h2c",
                "GET /app/who HTTP/1.1;Upgrade: h2c;Upgrade: websocket",
                "GET /app/who HTTP/1.1;Upgrade: h2c ,WEBSOCKET/13 "
            })
    void C26_however_a_websocket_handshake_is_written_it_must_come_from_an_own_page(String handshake)
            throws IOException {
        Browser browser = application.signedIn(ADA);
        String cookies = "Cookie: " + browser.cookieHeader("/app/who");

        String[] lines = handshake.split(";", 2);
        String upgrade = lines[1].replace(";", "\r\n");

        assertThat(exchange(lines[0], upgrade, "Origin: https://evil.example", cookies))
                .startsWith("HTTP/1.1 403");
        assertThat(exchange(lines[0], upgrade, "Origin: https://spa.example.com", cookies))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /app/who HTTP/1.1|X-HTTP-Method-Override: DELETE",
                "GET /app/who HTTP/1.1|x-http-method: put",
                "HEAD /app/who HTTP/1.1|X-Method-Override: PATCH",
                "OPTIONS /app/who HTTP/1.1|X-HTTP-Method-Override: POST",
                "GET /app/who?_method=DELETE HTTP/1.1|Accept: */*",
                "GET /app/who?a=%zz&%5Fmethod=%44ELETE HTTP/1.1|Accept: */*",
                "GET /app/who?_method=GET&_method=post HTTP/1.1|Accept: */*"
            })
    void C24_another_method_that_a_safe_request_asks_for_counts(String request) throws IOException {
        Browser browser = application.signedIn(ADA);
        String[] lines = request.split("\\|", -1);
        String cookies = "Cookie: " + browser.cookieHeader("/app/who");

        assertThat(exchange(lines[0], lines[1], cookies, "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403");
        assertThat(exchange(lines[0], lines[1], cookies, "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/app/who?_method=get", "/app/who?method=DELETE", "/app/who?x_method=DELETE", "/app/who?_method"
            })
    void C24_a_link_of_another_site_that_asks_for_nothing_else_works(String link) {
        assertThat(application
                        .signedIn(ADA)
                        .get(link, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void C26_a_websocket_handshake_without_a_user_is_told_so_in_the_status() throws IOException {
        String answer = exchange(
                "GET /app/account HTTP/1.1",
                "Upgrade: websocket",
                "Accept: text/html",
                "Sec-Fetch-Mode: websocket",
                "Origin: http://localhost:" + application.port());

        assertThat(answer.substring(9, 12)).isEqualTo("401");
    }

    @Test
    void F3_two_applications_of_two_projects_in_one_server_know_nothing_of_each_other() {
        try (DescopeEmulator otherProject = DescopeEmulator.builder()
                        .projectId("PEmulator0000000000000000009")
                        .start();
                ServedApplication other = ServedApplication.start(otherProject)) {
            Browser here = application.signedIn(ADA);
            Browser there = other.signedIn(ADA);
            String bearer = "Bearer " + here.cookie("DS");

            assertThat(other.browser()
                            .get("/app/account", "Authorization", bearer)
                            .status())
                    .isEqualTo(401);
            assertThat(application
                            .browser()
                            .get("/app/account", "Authorization", bearer)
                            .status())
                    .isEqualTo(200);
            String foreign = "DS=" + here.cookie("DS") + "; DSR=" + here.cookie("DSR");
            assertThat(other.browser().get("/app/who", "Cookie", foreign).body())
                    .contains("principal=none");
            assertThat(there.get("/app/account").body()).contains("name=" + ADA);
        }
    }

    private static void assertSetOnce(Answer answer) {
        assertThat(answer.setCookies())
                .filteredOn(cookie -> cookie.startsWith("DS=") || cookie.startsWith("DSR="))
                .hasSize(2);
    }

    private long refreshes() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals(REFRESH))
                .count();
    }

    private String exchange(String requestLine, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            String request = requestLine + "\r\nHost: localhost:" + application.port() + "\r\nConnection: close\r\n"
                    + String.join("\r\n", headers) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    static String claims(String jwt) {
        return new String(java.util.Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), UTF_8);
    }

    static String subject(String sessionJwt) {
        try (var reader = jakarta.json.Json.createReader(new java.io.StringReader(claims(sessionJwt)))) {
            return reader.readObject().getString("sub");
        }
    }
}
