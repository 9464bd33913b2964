package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** An application with our jars, deployed and undeployed again and again in a server that goes on running. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedeployTest {
    /** {@code -Dredeploys=50} for as long as people do it; each takes two seconds of a processor. */
    private static final int TIMES = Integer.getInteger("redeploys", 8);

    /** The JDK's HTTP client ends its threads some seconds after the garbage collector found it. */
    private static final int PATIENCE = 60;

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final DescopeEmulator emulator = DescopeEmulator.start();

    @Test
    void K20_redeploys_leave_no_class_loader_and_no_thread() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (emulator;
                KeptRecords records = new KeptRecords();
                DeployingTomcat tomcat = DeployingTomcat.start()) {
            new Browser(tomcat.base("/shop"), emulator.clock()); // its client has a thread of its own
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            for (int i = 0; i < TIMES; i++) {
                loaders.add(useOnce(tomcat, "user" + i + "@example.com"));
            }

            collect(loaders, before);

            assertThat(loaders).allMatch(loader -> loader.refersTo(null));
            assertThat(startedSince(before)).isEmpty();
            assertThat(records.kept).hasSizeGreaterThan(TIMES);
        }
    }

    /** Everything that makes threads, caches and clients: a link, a sign-in, a refresh, a sign-out. */
    private WeakReference<ClassLoader> useOnce(DeployingTomcat tomcat, String email) throws IOException {
        Context context = tomcat.deploy(
                "/shop",
                ConstrainedApplication.settings(emulator)
                        + ConstrainedApplication.parameter("descope.limits.per-address", "off")
                        + ConstrainedApplication.parameter("descope.container-security", "true")
                        + ConstrainedApplication.parameter("descope.protected-paths", "/orders,/orders/*,/orders")
                        + ConstrainedApplication.constraint("/account/*", "**"));
        ClassLoader loader = context.getLoader().getClassLoader();
        Browser browser = new Browser(tomcat.base("/shop"), emulator.clock());
        browser.askForLink("email", email, "");
        browser.get(emulator.inbox().latest(email).link().toString());
        browser.forget("DS");
        assertThat(browser.get("/shop/account/none").status()).isEqualTo(404);
        assertThat(browser.has("DS")).isTrue();
        Answer form = browser.get("/shop/auth/sign-out");
        browser.post("/shop/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));
        assertThat(browser.has("DS")).isFalse();
        browser.plant("DS", "junk");
        assertThat(browser.get("/shop/orders").status()).isEqualTo(401);
        tomcat.undeploy(context);
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

    /** The names of threads that run on, but for those of Tomcat, of the emulator and of the browser. */
    private static Set<String> startedSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("http-nio-")
                        && !name.startsWith("Catalina-utility")
                        && !name.startsWith("descope-emulator")
                        && !name.equals(Browser.THREAD))
                .collect(Collectors.toSet());
    }

    /** What our loggers were told, as servers keep it that show the last lines of their log. */
    private static final class KeptRecords extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("org.descope4j");
        private final Queue<LogRecord> kept = new ConcurrentLinkedQueue<>();

        KeptRecords() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            kept.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
