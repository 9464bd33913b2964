package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.jasper.servlet.JasperInitializer;
import org.apache.jasper.servlet.JspServlet;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of an application's own: JSPs compiled by Jasper, a servlet, and files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OwnPagesTest {
    private static final String ADA = "ada@example.com";
    private static final String FORM = "/app/auth/sign-in";

    private final DescopeEmulator emulator = DescopeEmulator.start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void JSPs_get_all_they_need_to_sign_somebody_in() {
        try (ServedApplication application = start(settings -> settings.applicationName("Harbour")
                .page("sign-in", "/WEB-INF/sign-in.jsp")
                .page("check-inbox", "/WEB-INF/check-inbox.jsp")
                .page("confirm", "/WEB-INF/confirm.jsp"))) {
            Browser asking = application.browser();
            Answer form = asking.get(FORM + "?returnTo=%2Fapp%2Faccount%3Ftab%3D1", "Accept-Language", "es");
            assertThat(form.body())
                    .contains("<html lang=\"es\" dir=\"ltr\">", "Our own: Iniciar sesión", "Enviarme un enlace")
                    .contains("<option>email</option><option>sms</option>");
            Answer asked = asking.post(
                    FORM,
                    Map.of(
                            "_descope_csrf",
                            form.hidden("_descope_csrf"),
                            "returnTo",
                            form.hidden("returnTo"),
                            "deliveryMethod",
                            "email",
                            "loginId",
                            ADA));
            assertThat(asking.get(asked.location()).body())
                    .containsPattern("Our own: a\\*\\*\\*@e\\*\\*\\*\\.com by email, again in (30|29|28)")
                    .contains("action=\"/app/auth/sign-in/sent\"");

            Browser other = application.browser();
            URI link = application.linkTo(ADA);
            Answer confirmation = other.get(link.toString());
            assertThat(confirmation.body()).contains("Our own: a***@e***.com, now ");
            Answer signedIn = other.confirm(confirmation, link);

            assertThat(signedIn.location()).isEqualTo("/app/account?tab=1");
            assertThat(other.has("DS")).isTrue();
        }
    }

    @Test
    void a_page_says_what_is_wrong_and_keeps_what_was_typed() {
        try (ServedApplication application = start(settings -> settings.page("sign-in", "/WEB-INF/sign-in.jsp"))) {
            Answer again = application.browser().askForLink("email", "\"><script>@x", "");

            assertThat(again.status()).isEqualTo(400);
            assertThat(again.body())
                    .contains("This does not look like an e-mail address.")
                    .contains("value=\"&quot;>&lt;script>@x\"");
        }
    }

    @Test
    void a_page_for_new_users_gets_the_fields_that_are_asked_for_and_keeps_what_was_typed() {
        try (ServedApplication application = start(
                settings -> settings.signUpFields("name=required,company").page("sign-up", "/WEB-INF/sign-up.jsp"))) {
            Browser browser = application.browser();
            Answer form = browser.get("/app/auth/sign-up");
            assertThat(form.body())
                    .contains(
                            "Our own: Create an account",
                            "Full name <input name=\"name\"",
                            "company <input name=\"company\"")
                    .contains("href=\"/app/auth/sign-in\"");
            Map<String, String> typed = Map.of(
                    "_descope_csrf",
                    form.hidden("_descope_csrf"),
                    "loginId",
                    ADA,
                    "name",
                    "",
                    "company",
                    "\"><script>");

            Answer again = browser.post("/app/auth/sign-up", typed);

            assertThat(again.status()).isEqualTo(400);
            assertThat(again.body())
                    .contains("Fill in this field.", "value=\"&quot;>&lt;script>\"")
                    .doesNotContain("<script>");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void V14_whatever_a_page_does_the_status_and_the_headers_are_ours(boolean closedAfterForward) {
        try (ServedApplication application = start(
                settings -> settings.page("link-invalid", "/WEB-INF/stubborn.jsp"),
                // what Tomcat 11 does unless told otherwise
                context -> ((StandardContext) context).setSuspendWrappedResponseAfterForward(closedAfterForward))) {
            Browser browser = application.browser();
            Answer confirmation = browser.get("/app/auth/verify?t=unknown");

            Answer page = browser.confirm(confirmation, URI.create("/app/auth/verify"));

            assertThat(page.status()).isEqualTo(400);
            assertThat(page.body()).startsWith("Our own: gr&uuml;").doesNotContain("thrown away");
            assertThat(page.header("Content-Length"))
                    .isEqualTo(String.valueOf(page.body().length()));
            assertThat(page.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex");
            assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(page.headers()).doesNotContainKey("Expires");
            // the page knows best what it loads
            assertThat(page.header("Content-Security-Policy")).isEqualTo("default-src 'self' https://cdn.example.com");
            assertThat(page.header("X-Own")).isEqualTo("yes");
            assertThat(page.header("Content-Language")).isEqualTo("en");
        }
    }

    @Test
    void P1_a_page_without_a_policy_of_its_own_runs_no_inline_script_and_loads_nothing_from_elsewhere() {
        try (ServedApplication application = start(settings -> settings.page("sign-in", "/WEB-INF/sign-in.jsp"))) {
            assertThat(application.browser().get(FORM).header("Content-Security-Policy"))
                    .isEqualTo(
                            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none';"
                                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/broken.jsp",
                "/WEB-INF/broken-with-error-page.jsp",
                "/nowhere.html",
                "/silent",
                "/no",
                "/endless"
            })
    void V19_for_a_page_that_fails_the_built_in_one_stands_in_and_nobody_is_told_the_link_token(String path) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler recorder = recorderOf(lines);
        loggers().forEach(logger -> logger.addHandler(recorder));
        try (ServedApplication application = start(settings -> settings.page("confirm", path))) {
            application.browser().askForLink("email", ADA, "");
            Browser other = application.browser();
            URI link = application.linkTo(ADA);
            String token = emulator.inbox().latest(ADA).token();

            Answer page = other.get(link.toString());

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("Is this you?").doesNotContain("Half a page", "Oops", "xception");
            VerifyEndpointTest.assertProtected(page);
            assertThat(other.confirm(page, link).status()).isEqualTo(303);
            assertThat(lines).anySatisfy(line -> assertThat(line).contains(path, "descope.pages.confirm"));
            assertThat(lines).noneSatisfy(line -> assertThat(line).contains(token));
            assertThat(application.attribute("seen by the error page"))
                    .isEqualTo(path.contains("error-page") ? "nullnullnull" : null);
        } finally {
            loggers().forEach(logger -> logger.removeHandler(recorder));
        }
    }

    @Test
    void V19_a_page_finds_the_link_token_in_its_form_and_nowhere_else() {
        Everything everything = new Everything();
        try (ServedApplication application = start(
                settings -> settings.page("confirm", "/everything"),
                context -> Tomcat.addServlet(context, "everything", everything).addMapping("/everything"))) {
            application.browser().askForLink("email", ADA, "");
            String token = emulator.inbox().latest(ADA).token();

            application.browser().get(application.linkTo(ADA) + "&theme=dark");

            assertThat(everything.seen).isNotEmpty().noneMatch(value -> value.contains(token));
            assertThat(everything.seen).contains("method=GET", "parameter theme=dark");
            assertThat(everything.fields.get("t")).isEqualTo(token);
        }
    }

    @Test
    void S7_a_form_that_is_a_file_sends_a_link_if_the_browser_says_that_it_is_our_own() {
        try (ServedApplication application = start(settings -> settings.page("sign-in", "/sign-in.html"))) {
            Browser browser = application.browser();
            assertThat(browser.get(FORM).body()).contains("Our own sign-in");

            Answer asked = browser.post(
                    FORM + "?returnTo=%2Fapp%2Faccount", Map.of("loginId", ADA), "Sec-Fetch-Site", "same-origin");

            assertThat(asked.status()).isEqualTo(303);
            browser.get(application.linkTo(ADA).toString());
            assertThat(browser.has("DS")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, none", "Accept, */*"})
    void S7_a_form_that_is_a_file_sends_nothing_otherwise(String header, String value) {
        try (ServedApplication application = start(settings -> settings.page("sign-in", "/sign-in.html"))) {
            Answer refused = application.browser().post(FORM, Map.of("loginId", ADA), header, value);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(emulator.inbox().messages(ADA)).isEmpty();
        }
    }

    @Test
    void S7_where_the_form_is_ours_its_field_is_needed_whatever_the_browser_says() {
        try (ServedApplication application = start(settings -> settings)) {
            assertThat(application
                            .browser()
                            .post(FORM, Map.of("loginId", ADA), "Sec-Fetch-Site", "same-origin")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void V6_a_confirmation_that_is_a_file_could_not_be_confirmed_so_the_built_in_one_stands_in() {
        try (ServedApplication application = start(settings -> settings.page("confirm", "/always-the-same.html"))) {
            application.browser().askForLink("email", ADA, "");

            Answer page = application.browser().get(application.linkTo(ADA).toString());

            assertThat(page.body()).contains("Is this you?").doesNotContain("Our own");
        }
    }

    @Test
    void a_file_is_shown_as_it_is_even_to_a_browser_that_asks_whether_it_changed() {
        try (ServedApplication application = start(settings -> settings.page("bad-request", "/always-the-same.html"))) {
            Answer page = application
                    .browser()
                    .get(
                            "/app/auth/verify",
                            "If-Modified-Since",
                            "Wed, 01 Jan 2098 00:00:00 GMT",
                            "Range",
                            "bytes=0-1");

            assertThat(page.status()).isEqualTo(400);
            assertThat(page.body()).contains("Our own: grüß dich");
            assertThat(page.headers()).doesNotContainKeys("ETag", "Last-Modified");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sign-in.jsp", "https://evil.example/", "//evil.example/x", "/sign-in.jsp?x=1", "/a/../b", "/a\n"
            })
    void what_is_no_path_of_the_application_is_refused_with_the_key(String path) {
        assertThatThrownBy(() -> settings().page("sign-in", path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.pages.sign-in");
    }

    @Test
    void a_page_that_there_is_not_is_refused_with_those_there_are() {
        assertThatThrownBy(() -> settings().page("login", "/login.jsp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("login", "sign-in", "signed-out");
    }

    private static ServletSettings.Builder settings() {
        return ServletSettings.forProject(
                DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz").build());
    }

    private ServedApplication start(UnaryOperator<ServletSettings.Builder> change) {
        return start(change, context -> {});
    }

    private ServedApplication start(
            UnaryOperator<ServletSettings.Builder> change, java.util.function.Consumer<Context> more) {
        return ServedApplication.start(emulator, change, context -> {
            context.setDocBase(
                    Path.of("src/test/resources/own-pages").toAbsolutePath().toString());
            context.addServletContainerInitializer(new JasperInitializer(), Set.of());
            Tomcat.addServlet(context, "jsp", new JspServlet()).addMapping("*.jsp");
            Tomcat.addServlet(context, "own-file", new DefaultServlet()).addMapping("*.html");
            Tomcat.addServlet(context, "silent", new Silent()).addMapping("/silent");
            Tomcat.addServlet(context, "no", new No()).addMapping("/no");
            Tomcat.addServlet(context, "endless", new Endless()).addMapping("/endless");
            more.accept(context);
        });
    }

    /** The container's, and ours, which other tests keep from it. */
    private static List<Logger> loggers() {
        return List.of(Logger.getLogger(""), Logger.getLogger("org.descope4j"));
    }

    private static Handler recorderOf(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + " "
                        + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()) + " "
                        + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** Writes nothing. */
    private static final class Silent extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setContentType("text/html");
        }
    }

    /** Includes itself, in effect. */
    private static final class Endless extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("Half a page");
            throw new StackOverflowError("Oops");
        }
    }

    /** Has an error to tell. */
    private static final class No extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(500, "Exception in No");
        }
    }

    /** Looks at all that a page can see of the request. */
    private static final class Everything extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Set<String> seen = Collections.synchronizedSet(new TreeSet<>());
        private transient Map<?, ?> fields = Map.of();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Map<?, ?> given = mapOf(request.getAttribute("descope"));
            fields = mapOf(given.get("fields"));
            seen.add("method=" + request.getMethod());
            seen.add("query=" + request.getQueryString());
            seen.add("url=" + request.getRequestURL() + " " + request.getRequestURI() + " " + request.getPathInfo());
            seen.add("t=" + request.getParameter("t")
                    + List.of(request.getParameterMap().keySet()));
            Collections.list(request.getParameterNames())
                    .forEach(name -> seen.add("parameter " + name + "=" + request.getParameter(name)));
            Collections.list(request.getAttributeNames())
                    .forEach(name -> seen.add("attribute " + name + "=" + request.getAttribute(name)));
            for (String name : List.of("query_string", "request_uri", "servlet_path", "path_info", "mapping")) {
                seen.add(name + request.getAttribute("jakarta.servlet.forward." + name));
            }
            given.forEach((key, value) -> seen.add(key.equals("fields") ? "" : key + "=" + value));
            response.setContentType("text/html");
            response.getWriter().write("<p>" + fields + "</p>");
        }

        private static Map<?, ?> mapOf(@Nullable Object value) {
            return value instanceof Map<?, ?> map ? map : Map.of();
        }
    }
}
