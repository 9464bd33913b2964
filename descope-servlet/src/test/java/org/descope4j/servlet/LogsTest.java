package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogsTest {
    private static final String ADA = "ada@example.com";

    private final Logger ours = Logger.getLogger("org.descope4j");
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage() + " " + Arrays.toString(line.getParameters()) + " " + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    void L1_no_token_and_no_login_id_is_ever_logged() {
        Level before = ours.getLevel();
        ours.setLevel(Level.ALL);
        recorder.setLevel(Level.ALL);
        ours.addHandler(recorder);
        List<String> secrets = new ArrayList<>(List.of(ADA));
        try (DescopeEmulator emulator = DescopeEmulator.start();
                ServedApplication application = ServedApplication.start(emulator)) {
            Browser browser = application.signIn(application.staleBrowser(), ADA);
            secrets.add(emulator.inbox().latest(ADA).token());
            secrets.add(signature(browser.cookie("DS")));
            secrets.add(signature(browser.cookie("DSR")));
            browser.get(application.linkTo(ADA).toString());
            application
                    .browser()
                    .confirm(application.browser().get(application.linkTo(ADA).toString()), application.linkTo(ADA));
            emulator.advanceClock(Duration.ofMinutes(11));
            browser.get("/app/account");
            secrets.add(signature(browser.cookie("DS")));
            browser.plant("DSR", "junk");
            browser.plant("DS", "junk");
            browser.get("/app/account");
        } finally {
            ours.removeHandler(recorder);
            ours.setLevel(before);
        }

        assertThat(lines).isNotEmpty();
        for (String secret : secrets) {
            String start = secret.substring(0, Math.min(16, secret.length()));
            assertThat(lines).noneMatch(line -> line.contains(start));
        }
    }

    /** The part of a JWT that is no other's. */
    private static String signature(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }
}
