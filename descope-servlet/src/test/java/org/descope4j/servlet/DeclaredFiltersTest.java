package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Filters that web.xml declares: the application is put together at its start, from what both of them say. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeclaredFiltersTest {
    private static final String DISPATCHES =
            "<dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher>" + "<dispatcher>ERROR</dispatcher>";

    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();

    private final LoggedLines log = LoggedLines.ofUsAndTomcat();

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void init_params_of_both_filters_count() {
        try (ConstrainedApplication application =
                start(initParam("application-name", "Declared"), initParam("protected-paths", "/account/*"), "/*")) {
            assertThat(application.browser().get("/shop/auth/sign-in").body()).contains("Declared");
            assertThat(application.browser().get("/shop/account/who").status()).isEqualTo(401);
        }

        assertThat(log.all())
                .anyMatch(line -> line.contains("descope.application-name = Declared (init-param of session)")
                        && line.contains("descope.protected-paths = /account/* (init-param of magic-link)"));
    }

    @Test
    void the_application_is_made_once_and_reported_once() {
        start("", "", "/*").close();

        assertThat(log.all().stream().filter(line -> line.contains("Magic-link sign-in of /shop with these settings")))
                .hasSize(1);
    }

    @Test
    void F2_filters_that_contradict_each_other_end_the_start_with_the_key_and_the_remedy() {
        try (ConstrainedApplication application =
                start(initParam("secret", "a".repeat(40)), initParam("secret", "b".repeat(40)), "/*")) {
            assertThat(application.context().getState().isAvailable()).isFalse();
        }

        assertThat(log.all())
                .anyMatch(line -> line.contains("init-params secret of the filters [")
                        && line.contains("session")
                        && line.contains("magic-link")
                        && line.contains("keep one of them"))
                .noneMatch(line -> line.contains("aaaaaaaa") || line.contains("bbbbbbbb"));
    }

    @Test
    void F2_a_key_of_the_second_filter_that_nobody_reads_ends_the_start() {
        try (ConstrainedApplication application = start("", initParam("protected-pathes", "/account/*"), "/*")) {
            assertThat(application.context().getState().isAvailable()).isFalse();
        }

        assertThat(log.all()).anyMatch(line -> line.contains("descope.protected-pathes") && line.contains("correct"));
    }

    @Test
    void N8_a_mapping_that_leaves_the_pages_of_signing_in_out_ends_the_start() {
        try (ConstrainedApplication application = start("", "", "/account/*")) {
            assertThat(application.context().getState().isAvailable()).isFalse();
        }

        assertThat(log.all()).anyMatch(line -> line.contains("SessionFilter is mapped in a way that leaves /auth/*"));
    }

    @Test
    void a_mapping_that_leaves_holes_where_nothing_is_protected_is_warned_of() {
        ConstrainedApplication.start(
                        EMULATOR,
                        filter("session", SessionFilter.class, "")
                                + filter("magic-link", MagicLinkFilter.class, "")
                                + mapping("session", "/auth/*", "")
                                + mapping("magic-link", "/auth/*", ""))
                .close();

        assertThat(log.warnings()).anyMatch(line -> line.contains("session is not mapped to /*"));
    }

    @Test
    void what_the_container_constrains_is_served() {
        try (ConstrainedApplication application = ConstrainedApplication.start(
                EMULATOR,
                ConstrainedApplication.constraint("/account/*", "**")
                        + filters(initParam("container-security", "true"), "", "/*"))) {
            Answer denied = application.browser().get("/shop/account/who", "Sec-Fetch-Mode", "navigate");

            assertThat(denied.location()).startsWith("/shop/auth/sign-in");
            Browser browser = application.signIn(application.browser(), "ana@example.com");
            assertThat(browser.get("/shop/account/who").body()).contains("name=ana@example.com");
        }
    }

    @Test
    void what_a_listener_of_the_application_installed_is_left_alone() {
        try (ConstrainedApplication application = ConstrainedApplication.start(
                EMULATOR,
                ConstrainedApplication.parameter("descope.auto-register", "false")
                        + "<listener><listener-class>" + Installing.class.getName() + "</listener-class></listener>"
                        + filters("", "", "/*"))) {
            assertThat(application.browser().get("/shop/auth/sign-in").body()).contains("Installed");
        }

        assertThat(log.all().stream().filter(line -> line.contains("with these settings")))
                .hasSize(1);
    }

    /** An application that makes its own settings. */
    public static final class Installing implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            DescopeSettings settings = DescopeSettings.forProject(EMULATOR.projectId())
                    .baseUri(EMULATOR.baseUri().toString())
                    .build();
            DescopeFilters.install(
                    event.getServletContext(),
                    Descope.connect(settings),
                    ServletSettings.forProject(settings)
                            .applicationName("Installed")
                            .build());
        }
    }

    private static ConstrainedApplication start(String ofSession, String ofMagicLink, String mapping) {
        return ConstrainedApplication.start(EMULATOR, filters(ofSession, ofMagicLink, mapping));
    }

    private static String filters(String ofSession, String ofMagicLink, String mapping) {
        return filter("session", SessionFilter.class, ofSession)
                + filter("magic-link", MagicLinkFilter.class, ofMagicLink)
                + mapping("session", mapping, DISPATCHES)
                + mapping("magic-link", mapping, "");
    }

    private static String filter(String name, Class<?> type, String initParams) {
        return "<filter><filter-name>" + name + "</filter-name><filter-class>" + type.getName()
                + "</filter-class><async-supported>true</async-supported>" + initParams + "</filter>";
    }

    private static String mapping(String name, String pattern, String dispatchers) {
        return "<filter-mapping><filter-name>" + name + "</filter-name><url-pattern>" + pattern + "</url-pattern>"
                + dispatchers + "</filter-mapping>";
    }

    private static String initParam(String name, String value) {
        return "<init-param><param-name>" + name + "</param-name><param-value>" + value + "</param-value></init-param>";
    }
}
