package org.descope4j.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.Browser;
import org.descope4j.it.HtmlUnitBrowser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample's WAR, which brings Weld, Jersey, Yasson and SmallRye Config beside our jars, deployed and undeployed again and again in a
 * Tomcat that goes on running.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedeployIT {
    private static final Path WAR = Path.of(requireNonNull(System.getProperty("sample.war")));

    /** {@code -Dredeploys=50} for as long as people do it; each takes some seconds of a processor. */
    private static final int TIMES = Integer.getInteger("redeploys", 3);

    /** The JDK's HTTP client ends its threads some seconds after the garbage collector found it. */
    private static final int PATIENCE = 60;

    /** Threads of the JDK's HTTP client and of Weld's pool, which has ended it: that they do end is seen here. */
    private static final List<String> ENDS_SOON =
            List.of("started a thread named [HttpClient-", "started a thread named [weld-worker-");

    /** Where Tomcat complains of what an application leaves behind: threads, thread locals, database drivers. */
    private static final Logger COMPLAINTS = Logger.getLogger("org.apache.catalina.loader");

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final KeptRecords complaints = new KeptRecords();
    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final Tomcat tomcat = new Tomcat();

    @BeforeEach
    void startWithoutApplication(@TempDir Path directory) throws Exception {
        COMPLAINTS.addHandler(complaints);
        Files.createDirectory(directory.resolve("webapps"));
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Tomcat's own background thread works for an application now and then, and would count as one that it left
        // behind
        tomcat.getEngine().setBackgroundProcessorDelay(-1);
        tomcat.getEngine().setParentClassLoader(new ContainerClassLoader(RedeployIT.class.getClassLoader()));
        ((StandardHost) tomcat.getHost()).setStartChildren(false); // each is told its settings first
        tomcat.start();
    }

    @AfterEach
    void end() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        emulator.close();
        COMPLAINTS.removeHandler(complaints);
    }

    @Test
    void K20_redeploys_of_the_whole_sample_leave_no_class_loader_and_no_thread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            loaders.add(useOnce("user" + i + "@example.com"));
        }

        collect(loaders, before);

        assertThat(loaders).allMatch(loader -> loader.refersTo(null));
        assertThat(startedSince(before)).isEmpty();
        assertThat(complaints.warnings())
                .filteredOn(text -> ENDS_SOON.stream().noneMatch(text::contains))
                .isEmpty();
    }

    /** A sign-in, a resource that CDI hands the user, a refresh, a sign-out. */
    private WeakReference<ClassLoader> useOnce(String email) throws LifecycleException {
        URI home = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/");
        Context application = SampleServer.deploy(WAR, tomcat);
        application.addParameter("descope.project-id", emulator.projectId());
        application.addParameter("descope.base-url", emulator.baseUri().toString());
        application.addParameter("descope.answer-time", "0s");
        application.addParameter("descope.public-url", home.toString());
        application.start();
        ClassLoader loader = application.getLoader().getClassLoader();
        try (Browser browser = new HtmlUnitBrowser()) {
            browser.open(home.resolve("account"));
            browser.type("loginId", email);
            browser.press("Send me a link");
            browser.open(emulator.inbox().latest(email).link());
            browser.open(home.resolve("api/me"));
            assertThat(browser.text()).contains("\"loginId\":\"" + email + "\"");
            browser.dropCookie("DS");
            browser.open(home.resolve("account"));
            assertThat(browser.hasCookie("DS")).isTrue();
            browser.press("Sign out");
            assertThat(browser.text()).contains("You are not signed in");
        }
        tomcat.getHost().removeChild(application);
        return new WeakReference<>(loader, collected);
    }

    private void collect(List<WeakReference<ClassLoader>> loaders, Set<Thread> before) throws InterruptedException {
        for (int i = 0; i < PATIENCE; i++) {
            System.gc();
            boolean allGone = loaders.stream().allMatch(loader -> loader.refersTo(null));
            if (allGone && startedSince(before).isEmpty()) {
                return;
            }
            collected.remove(Duration.ofSeconds(1).toMillis());
        }
    }

    /** The names of threads that run on, but for those of Tomcat and of the emulator. */
    private static Set<String> startedSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("http-nio-")
                        && !name.startsWith("Catalina-utility")
                        && !name.startsWith("descope-emulator"))
                .collect(Collectors.toSet());
    }

    /** What a logger was told, from warnings on. */
    private static final class KeptRecords extends Handler {
        private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        List<String> warnings() {
            return records.stream()
                    .filter(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
                    .map(LogRecord::getMessage)
                    .toList();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
