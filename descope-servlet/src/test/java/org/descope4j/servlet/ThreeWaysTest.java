package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** web.xml, annotation, system properties: each on a real Tomcat, which finds everything by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ThreeWaysTest {
    private static final String FILTERS = """
            <filter>
              <filter-name>session</filter-name>
              <filter-class>org.descope4j.servlet.SessionFilter</filter-class>
              <async-supported>true</async-supported>
              <init-param><param-name>application-name</param-name><param-value>Declared</param-value></init-param>
            </filter>
            <filter>
              <filter-name>magic-link</filter-name>
              <filter-class>org.descope4j.servlet.MagicLinkFilter</filter-class>
              <init-param><param-name>application-name</param-name><param-value>Declared</param-value></init-param>
            </filter>
            <filter-mapping><filter-name>session</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            <filter-mapping><filter-name>magic-link</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            """;

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory = Path.of("");

    private Tomcat tomcat = new Tomcat();

    @BeforeEach
    void configureWhereTheEmulatorIs() {
        System.setProperty("descope.base-url", emulator.baseUri().toString());
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        emulator.close();
        List.of("descope.base-url", "descope.project-id", "descope.protected-paths", "descope.auto-register")
                .forEach(System::clearProperty);
    }

    @Test
    void context_params_of_web_xml_are_enough() throws Exception {
        start(webXml(param("descope.project-id", emulator.projectId()) + param("descope.protected-paths", "/private")));

        assertThat(get("/private").statusCode()).isEqualTo(401);
        assertThat(get("/public").statusCode()).isEqualTo(404);
        assertThat(get("/auth/sign-in").statusCode()).isEqualTo(200);
    }

    @Test
    void filters_declared_in_web_xml_are_not_registered_twice_and_have_init_params() throws Exception {
        Context context = start(webXml(param("descope.project-id", emulator.projectId())
                + param("descope.application-name", "Context")
                + FILTERS));

        assertThat(Arrays.stream(context.findFilterDefs()).map(filter -> filter.getFilterName()))
                .contains("session", "magic-link")
                .doesNotContain("descope-filters");
        assertThat(get("/auth/sign-in").body()).contains("Declared").doesNotContain("Context");
    }

    @Test
    void an_annotation_on_a_class_of_the_application_is_enough() throws Exception {
        // compiled here: on the class path of these tests every application would find it
        Path source = Files.writeString(directory.resolve("Annotated.java"), """
                @org.descope4j.servlet.DescopeApplication(
                        projectId = "PEmulator0000000000000000000",
                        protectedPaths = "/private",
                        applicationName = "Annotated",
                        settings = {"limits.total=1/d", "same-browser=strict"})
                class Annotated {}
                """);
        Path classes = Files.createDirectories(directory.resolve("WEB-INF/classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        assertThat(result).isZero();

        start(webXml(""));

        assertThat(get("/private").statusCode()).isEqualTo(401);
        assertThat(get("/auth/sign-in").body()).contains("Annotated");
    }

    @Test
    void system_properties_are_enough_and_win_over_what_was_packaged() throws Exception {
        System.setProperty("descope.project-id", emulator.projectId());
        System.setProperty("descope.protected-paths", "/other");

        start(webXml(param("descope.project-id", "not a project") + param("descope.protected-paths", "/private")));

        assertThat(get("/private").statusCode()).isEqualTo(404);
        assertThat(get("/other").statusCode()).isEqualTo(401);
    }

    @Test
    void F2_with_nothing_configured_the_application_does_not_start() throws Exception {
        Context context = start(webXml(""));

        assertThat(context.getState().isAvailable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"descope.algorithms, none", "descope.algorithms, HS256", "descope.auth-management-key, a:b"})
    void F2_a_setting_of_the_client_that_it_cannot_have_is_refused_at_start(String key, String value) throws Exception {
        Context context = start(webXml(param("descope.project-id", emulator.projectId()) + param(key, value)));

        assertThat(context.getState().isAvailable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "descope.remembered-tokens, -1, at least 0",
        "descope.remembered-tokens, many, at least 0",
        "descope.max-concurrent-calls, 0, at least 1"
    })
    void F2_a_number_that_is_too_small_is_refused_by_its_key(String key, String value, String expected)
            throws Exception {
        try (LoggedLines log = LoggedLines.ofUsAndTomcat()) {
            Context context = start(webXml(param("descope.project-id", emulator.projectId()) + param(key, value)));

            assertThat(context.getState().isAvailable()).isFalse();
            assertThat(log.all()).anyMatch(line -> line.contains(key + " refused") && line.contains(expected));
        }
    }

    @Test
    void F2_a_misspelled_key_in_web_xml_is_refused_at_start() throws Exception {
        Context context = start(webXml(
                param("descope.project-id", emulator.projectId()) + param("descope.protected-path", "/private")));

        assertThat(context.getState().isAvailable()).isFalse();
    }

    @Test
    void a_misspelled_init_param_is_refused_at_start() throws Exception {
        Context context = start(webXml(param("descope.project-id", emulator.projectId())
                + FILTERS.replace("application-name", "aplication-name")));

        assertThat(context.getState().isAvailable()).isFalse();
    }

    @Test
    void the_algorithms_of_an_older_project_can_be_set() throws Exception {
        start(webXml(param("descope.project-id", emulator.projectId()) + param("descope.algorithms", "RS256, ES384")));

        assertThat(get("/auth/sign-in").statusCode()).isEqualTo(200);
    }

    @Test
    void switched_off_nothing_is_there() throws Exception {
        System.setProperty("descope.auto-register", "false");

        Context context = start(webXml(""));

        assertThat(context.getState().isAvailable()).isTrue();
        assertThat(get("/auth/sign-in").statusCode()).isEqualTo(404);
    }

    private Context start(String webXml) throws LifecycleException {
        try {
            Files.createDirectories(directory.resolve("WEB-INF"));
            Files.writeString(directory.resolve("WEB-INF/web.xml"), webXml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tomcat.setBaseDir(directory.resolve("work").toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addWebapp("", directory.toString());
        tomcat.start();
        return context;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String param(String name, String value) {
        return "<context-param><param-name>" + name + "</param-name><param-value>" + value
                + "</param-value></context-param>";
    }

    private static String webXml(String content) {
        return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + content + "</web-app>";
    }
}
