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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogsTest {
    private static final String ADA = "ada@example.com";

    private final Logger ours = Logger.getLogger("org.descope4j");
    private final Logger servers = Logger.getLogger("org.apache");
    private final List<Logger> wire =
            WireLogs.NAMES.stream().map(Logger::getLogger).toList();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLoggerName() + " " + line.getMessage() + " " + Arrays.toString(line.getParameters()) + " "
                    + line.getThrown());
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
        servers.setLevel(Level.ALL);
        wire.forEach(logger -> logger.setLevel(Level.INFO));
        recorder.setLevel(Level.ALL);
        ours.addHandler(recorder);
        servers.addHandler(recorder);
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
            servers.removeHandler(recorder);
            servers.setLevel(null);
            wire.forEach(logger -> logger.setLevel(null));
        }

        assertThat(lines).isNotEmpty();
        for (String secret : secrets) {
            String start = secret.substring(0, Math.min(16, secret.length()));
            assertThat(lines).noneMatch(line -> line.contains(start));
        }
        assertThat(lines).as("the server talks too").anyMatch(line -> line.contains("org.apache"));
    }

    @Test
    void L1_a_logger_that_writes_requests_down_is_told_at_start() {
        Logger chatty = Logger.getLogger("org.apache.tomcat.util.http.Parameters");
        ours.addHandler(recorder);
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            ServedApplication.start(emulator).close();
            assertThat(lines).noneMatch(line -> line.contains("Parameters"));

            chatty.setLevel(Level.FINE);
            ServedApplication.start(emulator).close();
        } finally {
            chatty.setLevel(null);
            ours.removeHandler(recorder);
        }

        assertThat(lines).anyMatch(line -> line.contains("switch them off") && line.contains(chatty.getName()));
    }

    @ParameterizedTest
    @CsvSource({"headers, true", "'requests,ALL', true", "'requests, headers ', true", "requests, false", "'', false"})
    void L1_what_the_own_client_writes_of_calls_to_descope_is_told_at_start(String asked, boolean isTold) {
        String before = System.getProperty(WireLogs.HTTP_CLIENT_LOG, "");
        ours.addHandler(recorder);
        System.setProperty(WireLogs.HTTP_CLIENT_LOG, asked);
        try {
            WireLogs.warnOfThoseThatAreOn();
        } finally {
            System.setProperty(WireLogs.HTTP_CLIENT_LOG, before);
            ours.removeHandler(recorder);
        }

        assertThat(lines.stream().anyMatch(line -> line.contains("JWTs of all calls")))
                .isEqualTo(isTold);
    }

    /** The part of a JWT that is no other's. */
    private static String signature(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }
}
