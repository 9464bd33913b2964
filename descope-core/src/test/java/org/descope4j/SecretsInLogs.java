package org.descope4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.descope4j.session.Secrets;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * L1: whatever our loggers say at any level in any test of this module holds no secret that a test has used, nor the beginning of one.
 * JUnit registers this for every class by itself, see {@code junit-platform.properties}; the test that made somebody talk fails.
 */
public final class SecretsInLogs implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** Held here, since the platform forgets loggers, and their levels, that nobody holds. */
    private static final Logger OURS = Logger.getLogger("org.descope4j");

    private static final Listener LISTENER = new Listener();

    /** The fuzzer wants a million tests a minute, and calls nobody after each. */
    private static final boolean IS_FUZZING = System.getenv("JAZZER_FUZZ") != null;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!IS_FUZZING) {
            LISTENER.listen();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        LISTENER.requireDiscretion();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LISTENER.requireDiscretion();
    }

    /** The lines since the last look that give a secret away; they are forgotten. */
    static List<String> indiscretions() {
        return LISTENER.indiscretions();
    }

    /** Takes every line down; whether it holds a secret is asked at the end, when all secrets of the test are known. */
    private static final class Listener extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();
        private final Queue<LogRecord> heard = new ConcurrentLinkedQueue<>();

        void listen() {
            if (List.of(OURS.getHandlers()).contains(this)) {
                return;
            }
            setLevel(Level.ALL);
            OURS.setLevel(Level.ALL);
            OURS.setUseParentHandlers(false);
            OURS.addHandler(this);
        }

        void requireDiscretion() {
            List<String> indiscretions = indiscretions();
            if (!indiscretions.isEmpty()) {
                throw new AssertionError("L1: the log gives secrets away: " + indiscretions);
            }
        }

        List<String> indiscretions() {
            List<String> indiscretions = new ArrayList<>();
            for (LogRecord entry = heard.poll(); entry != null; entry = heard.poll()) {
                String line = formatter.formatMessage(entry);
                Throwable thrown = entry.getThrown();
                List<String> found = new ArrayList<>(Secrets.in(line));
                if (thrown != null) {
                    found.addAll(Secrets.in(thrown));
                }
                if (!found.isEmpty()) {
                    indiscretions.add(entry.getLoggerName() + ": " + line + (thrown == null ? "" : " " + thrown)
                            + " has " + found);
                }
            }
            return indiscretions;
        }

        @Override
        public void publish(LogRecord entry) {
            heard.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
