package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.descope4j.it.SignInStory;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Jetty, as its operator starts it; Arquillian has no adapter for that. */
@TestInstance(Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JettyIT implements SignInStory, SameUserInEveryDispatch, ClosedAtEveryAddress, OwnCorsFilterInFront {
    /** Servlets, annotations and initializers in libraries, and injection into servlets and filters. */
    private static final String MODULES = "server,http,ee10-deploy,ee10-annotations,ee10-cdi-decorate";

    private final DescopeEmulator emulator = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .rolesForNewUsers("member")
            .start();
    private final List<String> log = new ArrayList<>();

    private @Nullable Process server;
    private @Nullable Browser browser;

    @BeforeAll
    @Timeout(
            value = 3,
            unit = TimeUnit.MINUTES,
            threadMode = ThreadMode.SEPARATE_THREAD) // a read of its log cannot be interrupted
    void start(@TempDir Path base) throws Exception {
        Path applications = Files.createDirectory(base.resolve("webapps"));
        deploy(SampleWar.read(), applications);
        deploy(DispatchedWar.make(), applications);
        deploy(VariantsWar.make(), applications);
        deploy(VariantsWar.withCorsFilter(), applications);
        deploy(ConstrainedWar.named("constrained", emulator), applications);
        Process setUp = run(base, List.of(), "--approve-all-licenses", "--add-modules=" + MODULES);
        setUp.getInputStream().transferTo(System.out);
        assertThat(setUp.waitFor()).isZero();

        server = run(
                base,
                List.of(requireNonNull(System.getProperty("sample.settings")).split(" ")),
                "jetty.http.host=localhost",
                "jetty.http.port=" + System.getProperty("server.http.port"));
        BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
        do {
            log.add(requireNonNull(output.readLine(), () -> "Jetty ended: " + log));
        } while (!log.get(log.size() - 1).contains("Started oejs.Server@"));
        Thread rest = new Thread(() -> output.lines().forEach(System.out::println), "log of Jetty");
        rest.setDaemon(true);
        rest.start();
    }

    @AfterAll
    void end() throws InterruptedException {
        if (server != null) {
            server.destroy();
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        emulator.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new HtmlUnitBrowser();
    }

    @AfterEach
    void closeBrowser() {
        browser().close();
    }

    /** It shows Jakarta Authentication to no application. */
    @Test
    void container_security_does_not_start_and_the_log_says_what_to_do() {
        assertThat(log)
                .anyMatch(line -> line.contains("descope.container-security refused: this server")
                        && line.contains("protect by descope.protected-paths"));
        browser().open(SampleWar.uri("constrained").resolve("private/who"));
        assertThat(browser().text()).doesNotContain("principal=");
    }

    @Override
    public Browser browser() {
        return requireNonNull(browser);
    }

    @Override
    public Browser anotherBrowser() {
        return new HtmlUnitBrowser();
    }

    @Override
    public URI application() {
        return SampleWar.uri();
    }

    @Override
    public DescopeEmulator emulator() {
        return emulator;
    }

    private static void deploy(WebArchive application, Path applications) {
        application
                .as(ZipExporter.class)
                .exportTo(applications.resolve(application.getName()).toFile());
    }

    private static Process run(Path base, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("server.home") + "/start.jar"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .start();
    }
}
