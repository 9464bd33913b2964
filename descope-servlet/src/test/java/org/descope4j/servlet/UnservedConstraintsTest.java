package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Context;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What start-up says about constraints that signing in by link does not open. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnservedConstraintsTest {
    private static final String ANNOTATED = "<servlet><servlet-name>guarded</servlet-name><servlet-class>"
            + Guarded.class.getName() + "</servlet-class></servlet>"
            + "<servlet-mapping><servlet-name>guarded</servlet-name><url-pattern>/guarded</url-pattern></servlet-mapping>";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final LoggedLines log = LoggedLines.ofUs();

    @AfterEach
    void stop() {
        log.close();
        emulator.close();
    }

    @Test
    void constraints_of_web_xml_are_named_with_the_remedy() {
        start(ConstrainedApplication.constraint("/account/*", "member"));

        assertThat(log.all())
                .anyMatch(line -> line.startsWith("WARNING")
                        && line.contains("/account/*")
                        && line.contains("descope.container-security=true")
                        && line.contains("descope.protected-paths"));
    }

    @Test
    void constraints_of_an_annotated_servlet_are_named_too() {
        start(ANNOTATED);

        assertThat(log.all())
                .anyMatch(line -> line.contains("/guarded") && line.contains("descope.container-security"));
    }

    @Test
    void constraints_of_a_fragment_in_a_jar_are_named_too() {
        ConstrainedApplication.startWithFragment(emulator, "", ConstrainedApplication.constraint("/part/*", "member"))
                .close();

        assertThat(log.warnings())
                .anyMatch(line -> line.contains("[/part/*]") && line.contains("descope.container-security=true"));
    }

    @Test
    void constraints_of_a_fragment_in_a_jar_are_served_where_that_is_switched_on() {
        try (ConstrainedApplication application = ConstrainedApplication.startWithFragment(
                emulator,
                ConstrainedApplication.parameter("descope.container-security", "true"),
                ConstrainedApplication.constraint("/part/*", "**"))) {
            Answer denied = application.browser().get("/shop/part/who", "Sec-Fetch-Mode", "navigate");

            assertThat(denied.location()).startsWith("/shop/auth/sign-in");
            Browser browser = application.signIn(application.browser(), "ana@example.com");
            assertThat(browser.get("/shop/part/who").body()).contains("name=ana@example.com");
        }
        assertThat(log.all()).noneMatch(UnservedConstraintsTest::isTheWarning);
    }

    @Test
    void who_said_that_another_login_serves_them_is_left_in_peace() {
        start(ConstrainedApplication.parameter("descope.container-security", "false")
                + ConstrainedApplication.constraint("/account/*", "member"));

        assertThat(log.all()).noneMatch(UnservedConstraintsTest::isTheWarning);
    }

    @Test
    void what_is_closed_to_everybody_or_open_is_no_constraint_to_sign_in_for() {
        start("<security-constraint><web-resource-collection><web-resource-name>x</web-resource-name>"
                + "<url-pattern>/closed/*</url-pattern></web-resource-collection><auth-constraint/></security-constraint>"
                + "<security-constraint><web-resource-collection><web-resource-name>y</web-resource-name>"
                + "<url-pattern>/open/*</url-pattern></web-resource-collection></security-constraint>");

        assertThat(log.all()).noneMatch(UnservedConstraintsTest::isTheWarning);
    }

    /** Not the block at start, which names each setting. */
    private static boolean isTheWarning(String line) {
        return line.startsWith("WARNING") && line.contains("container-security");
    }

    /** As Jetty: the server has no Jakarta Authentication for applications. */
    @Test
    void a_server_that_cannot_ask_us_refuses_the_application_instead_of_leaving_it_open() throws Exception {
        try (DeployingTomcat tomcat = DeployingTomcat.start()) {
            Context switchedOn = tomcat.deployWithout(
                    "jakarta.security.",
                    "/on",
                    ConstrainedApplication.settings(emulator)
                            + ConstrainedApplication.parameter("descope.container-security", "true"));
            Context switchedOff =
                    tomcat.deployWithout("jakarta.security.", "/off", ConstrainedApplication.settings(emulator));

            assertThat(switchedOn.getState().isAvailable()).isFalse();
            assertThat(switchedOff.getState().isAvailable()).isTrue();
            assertThat(new Browser(tomcat.base("/off"), emulator.clock())
                            .get("/off/auth/sign-in")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(log.all()).isNotEmpty();
    }

    private void start(String webXml) {
        ConstrainedApplication.start(emulator, webXml).close();
    }

    /** For one role. */
    @ServletSecurity(@HttpConstraint(rolesAllowed = "member"))
    public static final class Guarded extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }
}
