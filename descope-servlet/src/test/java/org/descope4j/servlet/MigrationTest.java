package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/migrating-a-form-login.md, with the very files of that page, on a Tomcat. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MigrationTest {
    private static final Path DOCUMENT = Path.of("../docs/migrating-a-form-login.md");
    private static final String OLD = "Hello alovelace, editor: true, by FORM";
    private static final String NEW = "Hello alovelace, editor: true, by DESCOPE";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private Tomcat tomcat = new Tomcat();

    @TempDir
    Path war = Path.of("");

    @BeforeEach
    void tellWhereTheEmulatorIs() {
        System.setProperty("descope.answer-time", "0s");
        System.setProperty("descope.base-url", emulator.baseUri().toString());
        System.setProperty("descope.project-id", emulator.projectId());
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        emulator.close();
        System.clearProperty("descope.answer-time");
        System.clearProperty("descope.base-url");
        System.clearProperty("descope.project-id");
    }

    @Test
    void before_users_sign_in_by_name_and_password() throws Exception {
        Browser browser = deployed("## Before", List.of("AccountPage"));

        logIn(browser, "/account/");

        assertThat(browser.get("/account/").body()).isEqualTo(OLD);
        assertThat(browser.get("/reports/").body()).isEqualTo(OLD);
    }

    @Test
    void in_between_each_login_counts_on_its_own_paths_and_says_the_same_name() throws Exception {
        Browser browser = deployed("## 3.", List.of("AccountPage", "Members"));

        logIn(browser, "/reports/");
        assertThat(browser.get("/reports/").body()).isEqualTo(OLD);
        assertThat(browser.get("/account/", "Accept", "text/html").location()).startsWith("/auth/sign-in?returnTo=");
        followALink(browser, "ada@example.com", "/account/");

        assertThat(browser.get("/account/").body()).isEqualTo(NEW);
        assertThat(browser.get("/reports/").body()).isEqualTo(OLD);
    }

    @Test
    void afterwards_a_link_is_enough_and_the_servlet_says_what_it_said() throws Exception {
        Browser browser = deployed("## 4.", List.of("AccountPage", "Members"));

        Answer asked = browser.get("/reports/", "Accept", "text/html");
        assertThat(asked.location()).isEqualTo("/auth/sign-in?returnTo=%2Freports%2F");
        followALink(browser, "ada@example.com", "/reports/");

        assertThat(browser.get("/account/").body()).isEqualTo(NEW);
        assertThat(browser.get("/reports/").body()).isEqualTo(NEW);
        Browser stranger = new Browser(base(), emulator.clock());
        stranger.askForLink("email", "eve@example.com", "");
        assertThat(stranger.get(link("eve@example.com").toString()).status()).isEqualTo(403);
    }

    private void logIn(Browser browser, String path) {
        assertThat(browser.get(path).body()).contains("j_security_check");
        assertThat(browser.post("/j_security_check", Map.of("j_username", "alovelace", "j_password", "secret"))
                        .status())
                .isIn(302, 303);
    }

    private void followALink(Browser browser, String email, String returnTo) {
        browser.askForLink("email", email, returnTo);
        Answer answer = browser.get(link(email).toString());
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo(returnTo);
    }

    private URI link(String email) {
        URI link = emulator.inbox().latest(email).link();
        return URI.create(base() + link.getRawPath() + "?" + link.getRawQuery());
    }

    private URI base() {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort());
    }

    private Browser deployed(String step, List<String> classes) throws Exception {
        String page = Files.readString(DOCUMENT);
        Path classesDirectory = Files.createDirectories(war.resolve("WEB-INF/classes"));
        Files.writeString(war.resolve("WEB-INF/web.xml"), file(page, step, "WEB-INF/web.xml"));
        Files.writeString(war.resolve("login.html"), file(page, "## Before", "login.html"));
        for (String type : classes) {
            compile(type, file(page, "## Before", type), classesDirectory);
        }
        if (classes.contains("Members")) {
            Path services = Files.createDirectories(classesDirectory.resolve("META-INF/services"));
            Files.writeString(services.resolve("org.descope4j.servlet.SignInHandler"), "Members\n");
        }
        start();
        return new Browser(base(), emulator.clock());
    }

    /** The first file of this name from this heading on, without its fence. */
    private static String file(String page, String heading, String name) {
        int from = page.indexOf("\n" + heading);
        Matcher file = Pattern.compile("\n`" + Pattern.quote(name) + "`[^\n]*\n\n```\\w+\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(from).as(heading).isPositive();
        assertThat(file.find(from)).as(name).isTrue();
        return file.group(1);
    }

    private static void compile(String type, String text, Path classes) throws IOException {
        Path source = Files.createTempDirectory("source").resolve(type + ".java");
        Files.writeString(source, text.replace("\nclass " + type, "\npublic class " + type));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
    }

    private void start() throws Exception {
        tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.addUser("alovelace", "secret");
        tomcat.addRole("alovelace", "editor");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = tomcat.addWebapp("", war.toString());
        context.setParentClassLoader(getClass().getClassLoader());
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        Tomcat.addServlet(context, "default", new org.apache.catalina.servlets.DefaultServlet())
                .addMapping("/");
        tomcat.start();
        assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
    }
}
