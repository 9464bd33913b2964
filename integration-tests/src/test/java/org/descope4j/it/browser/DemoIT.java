package org.descope4j.it.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.descope4j.demo.Demo;
import org.descope4j.demo.DemoLauncher;
import org.descope4j.demo.DemoOptions;
import org.descope4j.demo.PortTakenException;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoIT {
    private static final Path SAMPLE = Path.of(requireNonNull(System.getProperty("sample.directory")));

    @Test
    void the_launcher_says_where_the_inbox_is_and_then_once_that_it_serves() throws Exception {
        Process process = launch(Map.of());

        List<String> output = outputUntilReady(process);

        assertThat(output).anyMatch(line -> line.strip().matches("http://localhost:\\d+/inbox"));
        assertThat(statusOf(readyUri(output))).isEqualTo(200);
        end(process);
    }

    @Test
    void with_a_project_in_the_environment_there_is_no_emulator() throws Exception {
        try (DescopeEmulator descope = DescopeEmulator.start()) {
            Process process = launch(Map.of(
                    "DESCOPE_PROJECT_ID", descope.projectId(),
                    "DESCOPE_BASE_URL", descope.baseUri().toString()));

            List<String> output = outputUntilReady(process);

            assertThat(output).noneMatch(line -> line.contains("/inbox"));
            assertThat(statusOf(readyUri(output))).isEqualTo(200);
            end(process);
        }
    }

    @Test
    void a_taken_port_is_told_with_the_property_that_chooses_another() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();

            assertThatThrownBy(() -> Demo.start(new DemoOptions(SAMPLE, taken, 0, Duration.ofMinutes(10))))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContainingAll(String.valueOf(taken), "-Ddemo.port=");
            assertThatThrownBy(() -> Demo.start(new DemoOptions(SAMPLE, 0, taken, Duration.ofMinutes(10))))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContainingAll(String.valueOf(taken), "-Demulator.port=");
        }
    }

    private static Process launch(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Ddemo.port=0",
                "-Demulator.port=0",
                "-cp",
                System.getProperty("java.class.path"),
                DemoLauncher.class.getName(),
                SAMPLE.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("DESCOPE_"));
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }

    private static List<String> outputUntilReady(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith("READY")) {
                return lines;
            }
        }
        throw new AssertionError("The demo ended before it was ready: " + lines);
    }

    private static URI readyUri(List<String> output) {
        return URI.create(output.get(output.size() - 1).substring("READY ".length()));
    }

    private static int statusOf(URI page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Ends the demo as Ctrl-C does; it goes by itself and says nothing more. */
    private static void end(Process process) throws IOException, InterruptedException {
        process.toHandle().destroy(); // unlike Process.destroy() it leaves the streams open

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.inputReader().readLine()).isNull();
    }
}
