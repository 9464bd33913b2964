package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.apache.catalina.filters.CorsFilter;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preflights to protected paths; the servlet behind overrides service(), so it would answer OPTIONS with what it shows to a GET. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CorsAnswersTest {
    private static final String ADA = "ada@example.com";
    private static final String SPA = "https://spa.example.com";
    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();

    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(EMULATOR, CorsAnswersTest::settings);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @AfterAll
    static void end() {
        EMULATOR.close();
    }

    private static ServletSettings.Builder settings(ServletSettings.Builder settings) {
        return settings.protectedPaths("/account/*,/admin/*=editor,/api/*")
                .setting("online-check-paths", "/transfer/*")
                .setting("fresh-paths", "/dear/*=5m")
                .setting("trusted-origins", SPA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/account", "/account/1", "/account/;x/1", "/admin/1", "/transfer/1", "/dear/1", "/api/%2e/1"})
    void C25_a_preflight_to_a_protected_path_reaches_no_code_of_the_application(String path) {
        for (String origin : new String[] {SPA, "https://e", "null", "http://localhost:" + application.port()}) {
            Answer answer = preflight(application, path, "Origin", origin, "Access-Control-Request-Method", "GET");

            assertThat(answer.status()).isIn(204, 403);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void C25_the_page_of_a_trusted_origin_may_ask() {
        Answer answer = preflight(
                application,
                "/account/1",
                "Origin",
                SPA,
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "authorization,x-csrf");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SPA);
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("PUT");
        assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("authorization,x-csrf");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("60");
        assertThat(answer.header("Vary"))
                .contains("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
        assertThat(answer.setCookies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, GET, x",
        "https://spa.example.com.evil.example, GET, x",
        "HTTPS://SPA.EXAMPLE.COM, GET, x",
        "null, GET, x",
        "https://spa.example.com, G E T, x",
        "https://spa.example.com, '', x",
        "https://spa.example.com, GET, 'x y'",
        "https://spa.example.com, GET, 'x:y'",
        "https://spa.example.com, GET, 'x,,y'"
    })
    void C25_others_and_questions_that_are_not_well_formed_are_told_nothing(
            String origin, String method, String headers) {
        Answer answer = preflight(
                application,
                "/account/1",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
    }

    @Test
    void C25_two_origins_are_none() {
        String answer = RawRequest.send(
                application.port(),
                "",
                "OPTIONS /app/account/1 HTTP/1.1",
                "Host: localhost",
                "Origin: " + SPA,
                "Origin: https://evil.example",
                "Access-Control-Request-Method: GET");

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("access-control-allow");
    }

    @Test
    void C25_on_public_paths_the_application_answers_a_preflight_itself() {
        Browser browser = application.signedIn(ADA);

        Answer answer =
                browser.send("OPTIONS", "/app/who", "", "Origin", "https://e", "Access-Control-Request-Method", "GET");

        assertThat(answer.body()).contains("principal=none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "HEAD", "TRACE", "PROPFIND", "get", "LOCK", "QUERY", "CONNECT", "DELETE"})
    void C25_a_protected_path_is_protected_in_every_method(String method) {
        for (String upgrade : new String[] {"", "websocket", "h2c", "WebSocket, h2c"}) {
            String answer = RawRequest.send(
                    application.port(),
                    "",
                    method + " /app/account/1 HTTP/1.1",
                    "Host: localhost",
                    upgrade.isEmpty() ? "Accept: */*" : "Upgrade: " + upgrade,
                    "X-HTTP-Method-Override: OPTIONS",
                    "Access-Control-Request-Method: GET");

            assertThat(answer).matches("(?s)HTTP/1.1 (40[0135]|501).*").doesNotContain("principal=");
        }
    }

    @Test
    void C25_a_signed_in_program_gets_the_answer_of_the_application_to_options() {
        assertThat(application
                        .signedIn(ADA)
                        .send("OPTIONS", "/app/account/1", "")
                        .body())
                .contains("name=" + ADA);
    }

    @Test
    void C25_options_go_on_without_a_user_where_the_application_asks_for_that_and_nothing_else_does() {
        try (ServedApplication open = start(settings -> settings.setting("options-without-user", "/api/*"))) {
            assertThat(preflight(open, "/api/1", "Origin", "https://e", "Access-Control-Request-Method", "GET")
                            .body())
                    .contains("principal=none");
            assertThat(preflight(open, "/api/1").body()).contains("principal=none");
            assertThat(open.browser().get("/app/api/1").status()).isEqualTo(401);
            assertThat(open.browser().send("PROPFIND", "/app/api/1", "").status())
                    .isEqualTo(401);
            assertThat(preflight(open, "/account/1").status()).isEqualTo(401);
            assertThat(preflight(open, "/api/%252e%252e/account/1").status()).isEqualTo(401);
        }
    }

    @Test
    void C25_a_page_of_a_trusted_origin_can_read_why_it_is_refused_and_others_cannot() {
        Browser browser = application.browser();

        Answer toTrusted = browser.get("/app/account/1", "Origin", SPA, "Sec-Fetch-Mode", "cors");
        assertThat(toTrusted.status()).isEqualTo(401);
        assertThat(toTrusted.header("Access-Control-Allow-Origin")).isEqualTo(SPA);
        assertThat(toTrusted.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(toTrusted.header("Vary")).contains("Origin");
        assertThat(browser.get("/app/account/1", "Origin", "https://e")
                        .headers()
                        .keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }

    /** As docs/recipes.md says: declared in web.xml before ours. */
    @Test
    void C25_a_cors_filter_of_the_application_in_front_of_ours_answers_preflights_itself() {
        try (ConstrainedApplication shop = ConstrainedApplication.start(
                EMULATOR,
                ConstrainedApplication.parameter("descope.protected-paths", "/account/*")
                        + filter(
                                CorsFilter.class,
                                initParam("cors.allowed.origins", SPA)
                                        + initParam("cors.allowed.methods", "GET,PUT")
                                        + initParam("cors.support.credentials", "true"))
                        + filter(SessionFilter.class, "")
                        + filter(MagicLinkFilter.class, ""))) {
            Answer answer = shop.browser()
                    .send("OPTIONS", "/shop/account/1", "", "Origin", SPA, "Access-Control-Request-Method", "PUT");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SPA);
            assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("1800");
            assertThat(answer.body()).doesNotContain("principal=");

            Answer refusal = shop.browser().get("/shop/account/1", "Origin", SPA);
            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.header("Access-Control-Allow-Origin")).isEqualTo(SPA);
        }
    }

    private static String filter(Class<?> type, String initParams) {
        return "<filter><filter-name>" + type.getSimpleName() + "</filter-name><filter-class>" + type.getName()
                + "</filter-class><async-supported>true</async-supported>" + initParams
                + "</filter><filter-mapping><filter-name>" + type.getSimpleName()
                + "</filter-name><url-pattern>/*</url-pattern><dispatcher>REQUEST</dispatcher>"
                + "<dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher></filter-mapping>";
    }

    private static String initParam(String name, String value) {
        return "<init-param><param-name>" + name + "</param-name><param-value>" + value + "</param-value></init-param>";
    }

    private static ServedApplication start(UnaryOperator<ServletSettings.Builder> more) {
        return ServedApplication.start(EMULATOR, settings -> more.apply(settings(settings)));
    }

    private static Answer preflight(ServedApplication application, String path, String... headers) {
        return application.browser().send("OPTIONS", "/app" + path, "", headers);
    }
}
