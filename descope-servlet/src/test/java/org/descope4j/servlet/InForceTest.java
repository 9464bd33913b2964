package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our jar in WEB-INF/lib: whatever keeps its filters from working ends the start of the application, or it protects (N8). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InForceTest {
    private static final String PROTECTING = ConstrainedApplication.parameter("descope.protected-paths", "/docs/*");
    private static final String OFF = ConstrainedApplication.parameter("descope.auto-register", "false");
    private static final String LEFT_OUT = "<absolute-ordering/>";
    private static final String ALL =
            "<dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher>" + "<dispatcher>ERROR</dispatcher>";
    private static final String SESSION = filter("session", SessionFilter.class);
    private static final String MAGIC_LINK = filter("magic-link", MagicLinkFilter.class);
    private static final String BOTH = SESSION + MAGIC_LINK;

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final LoggedLines log = LoggedLines.ofUsAndTomcat();

    private DeployingTomcat tomcat;
    private boolean withPages = true;

    @BeforeEach
    void start() throws IOException, LifecycleException {
        tomcat = DeployingTomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.close();
        log.close();
        emulator.close();
    }

    @Test
    void N8_the_page_is_protected_where_nothing_hinders() throws IOException {
        assertProtects(deploy("", PROTECTING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<absolute-ordering/>",
                "<absolute-ordering><name>another</name></absolute-ordering>",
            })
    void N8_an_ordering_that_leaves_our_jar_out_ends_the_start(String ordering) throws IOException {
        assertRefused(deploy("", PROTECTING + ordering), "<name>descope</name>", "<others/>");
        assertRefused(deploy("metadata-complete=\"true\"", PROTECTING + ordering), "<name>descope</name>", "<others/>");
    }

    @Test
    void N8_it_ends_the_start_where_nothing_is_configured_too() throws IOException {
        Context context = tomcat.deployAsJar("/shop", true, "", LEFT_OUT, List.of());

        assertRefused(context, "<name>descope</name>", "descope.auto-register=false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<absolute-ordering><name>descope</name></absolute-ordering>",
                "<absolute-ordering><name>another</name><others/></absolute-ordering>",
            })
    void N8_an_ordering_that_names_our_jar_protects(String ordering) throws IOException {
        assertProtects(deploy("", PROTECTING + ordering));
    }

    @Test
    void N8_metadata_complete_protects() throws IOException {
        assertProtects(deploy("metadata-complete=\"true\"", PROTECTING));
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'', false", "<absolute-ordering/>, true"})
    void N8_registration_switched_off_and_nothing_instead_ends_the_start(String ordering, boolean pages)
            throws IOException {
        withPages = pages;

        assertRefused(deploy("", PROTECTING + OFF + ordering), "descope.protected-paths", "DescopeFilters.install");
    }

    @ParameterizedTest
    @CsvSource({
        "descope.fresh-paths, /docs/*=10m",
        "descope.online-check-paths, /docs/*",
        "descope.container-security, true"
    })
    void N8_whatever_asks_for_protection_counts(String key, String value) throws IOException {
        assertRefused(deploy("", OFF + ConstrainedApplication.parameter(key, value)), key, "DescopeFilters.install");
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'', false", "<absolute-ordering/>, true"})
    void N8_our_jar_as_a_plain_library_is_told_so(String ordering, boolean pages) throws IOException {
        withPages = pages;
        Context context = tomcat.deployAsJar("/shop", pages, "", OFF + ordering, List.of());

        assertThat(context.getState().isAvailable()).isTrue();
        assertThat(page().body()).contains(DeployingTomcat.PAGE);
        assertThat(page().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'', false", "<absolute-ordering/>, true"})
    void N8_an_application_that_installs_the_filters_itself_starts_and_is_protected(String ordering, boolean pages)
            throws IOException {
        withPages = pages;

        assertProtects(deploy(
                "",
                PROTECTING + OFF + ordering + ConstrainedApplication.parameter("project", emulator.projectId())
                        + ConstrainedApplication.parameter(
                                "base", emulator.baseUri().toString())
                        + "<listener><listener-class>" + Installing.class.getName() + "</listener-class></listener>"));
        assertThat(page().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<absolute-ordering/>"})
    void N8_declared_filters_that_see_everything_protect(String ordering) throws IOException {
        assertProtects(
                deploy("", PROTECTING + ordering + BOTH + map("session", "/*", ALL) + map("magic-link", "/*", "")));
        assertThat(log.all().stream().filter(line -> line.contains("with these settings")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<absolute-ordering/>"})
    void N8_declared_filters_that_see_what_is_protected_are_enough(String ordering) throws IOException {
        assertProtects(deploy(
                "",
                PROTECTING
                        + ordering
                        + BOTH
                        + map("session", "/docs/*", ALL)
                        + map("session", "/auth/*", "")
                        + map("magic-link", "/auth/*", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<absolute-ordering/>"})
    void N8_declared_filters_that_see_less_than_what_is_protected_end_the_start(String ordering) throws IOException {
        List<String> mappings = List.of(
                // less than what is protected
                map("session", "/account/*", ALL) + map("session", "/auth/*", ""),
                map("session", "/docs/page.html", ALL) + map("session", "/auth/*", ""),
                map("session", "*.html", ALL) + map("session", "/auth/*", ""),
                // dispatches left out
                map("session", "/*", ""),
                map("session", "/*", "<dispatcher>FORWARD</dispatcher>"),
                map("session", "/*", "<dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher>"),
                map("session", "/*", "<dispatcher>REQUEST</dispatcher><dispatcher>ERROR</dispatcher>"),
                map("session", "/*", "<dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher>"),
                // mapped to a servlet only, or not at all
                "<filter-mapping><filter-name>session</filter-name><servlet-name>default</servlet-name>" + ALL
                        + "</filter-mapping>",
                "");
        for (String mapping : mappings) {
            assertRefused(
                    deploy("", PROTECTING + ordering + BOTH + mapping + map("magic-link", "/*", "")),
                    "SessionFilter is mapped in a way that leaves",
                    "url-pattern /*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<absolute-ordering/>"})
    void N8_one_of_the_two_filters_alone_or_in_the_wrong_order_ends_the_start(String ordering) throws IOException {
        assertRefused(
                deploy("", PROTECTING + ordering + SESSION + map("session", "/*", ALL)),
                "MagicLinkFilter is not declared");
        assertRefused(
                deploy("", PROTECTING + ordering + MAGIC_LINK + map("magic-link", "/*", ALL)),
                "SessionFilter is not declared");
        assertRefused(
                deploy("", PROTECTING + ordering + BOTH + map("magic-link", "/*", "") + map("session", "/*", ALL)),
                "in front of SessionFilter");
        assertRefused(
                deploy(
                        "",
                        PROTECTING + ordering + BOTH + map("session", "/*", ALL) + map("magic-link", "/other/*", "")),
                "MagicLinkFilter is mapped in a way that leaves /auth/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "no", "0", "flase", "true false"})
    void N8_a_value_of_auto_register_that_is_none_ends_the_start(String value) throws IOException {
        assertRefused(
                deploy("", PROTECTING + ConstrainedApplication.parameter("descope.auto-register", value)),
                "descope.auto-register",
                "true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "True"})
    void N8_auto_register_may_be_said_in_upper_case(String value) throws IOException {
        assertProtects(deploy("", PROTECTING + ConstrainedApplication.parameter("descope.auto-register", value)));
    }

    @Test
    void N9_a_servlet_that_is_open_at_another_address_is_told_at_the_start() throws IOException {
        assertProtects(deploy(
                "",
                PROTECTING
                        + "<servlet><servlet-name>reports</servlet-name><servlet-class>"
                        + DefaultServlet.class.getName() + "</servlet-class></servlet>"
                        + "<servlet-mapping><servlet-name>reports</servlet-name><url-pattern>/docs/reports</url-pattern>"
                        + "<url-pattern>/reports</url-pattern></servlet-mapping>"));

        assertThat(log.warnings())
                .anyMatch(
                        line -> line.contains("servlet reports ") && line.contains("/docs/reports, but not /reports"));
    }

    private Context deploy(String attributes, String webXml) throws IOException {
        return tomcat.deployAsJar(
                "/shop",
                withPages,
                attributes,
                ConstrainedApplication.settings(emulator) + webXml,
                List.of(Installing.class));
    }

    private void assertProtects(Context context) {
        assertThat(context.getState().isAvailable()).as("started: " + log.all()).isTrue();
        assertThat(page().status()).isEqualTo(401);
        assertThat(page().body()).doesNotContain(DeployingTomcat.PAGE);
        assertThat(new Browser(tomcat.base("/shop"), emulator.clock())
                        .get("/shop/auth/sign-in")
                        .status())
                .isEqualTo(200);
    }

    private void assertRefused(Context context, String... expected) {
        assertThat(context.getState().isAvailable()).as("started").isFalse();
        assertThat(log.all()).anyMatch(line -> List.of(expected).stream().allMatch(line::contains));
        assertThat(page().body()).doesNotContain(DeployingTomcat.PAGE);
        tomcat.undeploy(context);
    }

    private Answer page() {
        return new Browser(tomcat.base("/shop"), emulator.clock()).get("/shop/docs/page.html");
    }

    private static String filter(String name, Class<?> type) {
        return "<filter><filter-name>" + name + "</filter-name><filter-class>" + type.getName()
                + "</filter-class><async-supported>true</async-supported></filter>";
    }

    private static String map(String name, String pattern, String dispatchers) {
        return "<filter-mapping><filter-name>" + name + "</filter-name><url-pattern>" + pattern + "</url-pattern>"
                + dispatchers + "</filter-mapping>";
    }
}
