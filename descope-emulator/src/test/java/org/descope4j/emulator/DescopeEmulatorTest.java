package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DescopeEmulatorTest {

    @Test
    void G1_the_start_is_announced_once_as_a_warning() {
        Logger logger = Logger.getLogger(DescopeEmulator.class.getName());
        Records records = new Records();
        logger.addHandler(records);

        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            assertThat(records.messages)
                    .singleElement()
                    .asString()
                    .startsWith(Level.WARNING.getName())
                    .contains("not for production", emulator.baseUri() + "/inbox", emulator.projectId());
        } finally {
            logger.removeHandler(records);
        }
    }

    @Test
    void G2_the_project_id_is_recognisable_and_as_long_as_a_real_one() {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            assertThat(emulator.projectId()).startsWith("PEmulator").hasSize(28);
        }
    }

    @Test
    void close_frees_the_port_and_may_be_called_twice() throws IOException {
        DescopeEmulator emulator = DescopeEmulator.start();
        int port = emulator.baseUri().getPort();

        emulator.close();
        emulator.close();

        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void a_port_that_is_taken_is_named() {
        try (DescopeEmulator first = DescopeEmulator.start()) {
            int port = first.baseUri().getPort();

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> DescopeEmulator.builder().port(port).start())
                    .withMessageStartingWith("Port " + port + " is taken");
        }
    }

    @Test
    void a_stopped_clock_moves_only_when_it_is_advanced_and_runs_again_after_a_reset() {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Clock clock = emulator.clock();
            emulator.advanceClock(Duration.ofHours(1));

            emulator.stopClock();
            Instant stopped = clock.instant();
            awaitLaterThan(Instant.now(), Clock.systemUTC());

            assertThat(clock.instant()).isEqualTo(stopped);
            emulator.advanceClock(Duration.ofSeconds(2));
            assertThat(clock.instant()).isEqualTo(stopped.plusSeconds(2));
            emulator.reset();
            awaitLaterThan(clock.instant(), clock);
        }
    }

    private static void awaitLaterThan(Instant time, Clock clock) {
        while (!clock.instant().isAfter(time)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void the_clock_can_be_shared_and_moves_when_it_is_advanced() {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Clock clock = emulator.clock();
            Instant before = clock.instant();

            emulator.advanceClock(Duration.ofHours(1));

            assertThat(clock.instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(1)));
        }
    }

    @Test
    void two_emulators_know_nothing_of_each_other() {
        try (DescopeEmulator one = DescopeEmulator.start();
                DescopeEmulator other = DescopeEmulator.start()) {
            new Caller(one).linkTokenFor("ana@example.com");

            assertThat(one.inbox().messages()).hasSize(1);
            assertThat(other.inbox().messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P1",
                "X2wireTestProject00000000001",
                "P2wireTestProject0000000000/",
                "P2wireTestProject000000000 1"
            })
    void a_project_id_that_no_client_takes_is_refused(String projectId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeEmulator.builder().projectId(projectId).start());
    }

    @Test
    void a_lifetime_of_less_than_a_second_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DescopeEmulator.builder().linkLifetime(Duration.ZERO).start())
                .withMessageContaining("linkLifetime");
    }

    /** Keeps what is logged. */
    private static final class Records extends Handler {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            messages.add(entry.getLevel().getName() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
