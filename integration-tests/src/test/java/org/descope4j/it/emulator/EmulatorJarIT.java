package org.descope4j.it.emulator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar} with the emulator's runnable jar. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmulatorJarIT {
    private static final Path JAR = Path.of(requireNonNull(System.getProperty("emulator.jar"), "emulator.jar"));
    private static final String PROJECT = "P2seed0000000000000000000000";

    @TempDir
    Path directory = Path.of("");

    /** How a process ended and what it said. */
    private record End(int exitCode, String output) {}

    @Test
    void help_says_how_to_run_it_and_ends_well() throws Exception {
        End end = run("--help");

        assertThat(end.exitCode()).isZero();
        assertThat(end.output()).contains("java -jar", "--port <number>", "--seed <file>");
    }

    @Test
    void a_seed_file_with_a_mistake_ends_it_with_the_place_and_exit_code_2() throws Exception {
        Path seed = seed("{\"projects\":[{\"projectId\":\"" + PROJECT + "\",\"users\":[{\"loginIds\":\"ana\"}]}]}");

        End end = run("--port", "0", "--seed", seed.toString());

        assertThat(end.exitCode()).isEqualTo(2);
        assertThat(end.output().strip())
                .isEqualTo(seed + ": The field projects[0].users[0].loginIds must be an array. See --help.");
    }

    @Test
    void a_port_that_is_taken_ends_it_with_exit_code_1() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            End end = run("--port", Integer.toString(other.getLocalPort()));

            assertThat(end.exitCode()).isEqualTo(1);
            assertThat(end.output().strip())
                    .isEqualTo("Port " + other.getLocalPort()
                            + " is taken: end the program that listens there, or choose another port.");
        }
    }

    @Test
    void with_a_seed_file_it_serves_the_projects_in_it_and_shuts_down_when_told() throws Exception {
        Path seed = seed("{\"projects\":[{\"projectId\":\"" + PROJECT
                + "\",\"users\":[{\"userId\":\"U2ana\",\"loginIds\":[\"ana@example.com\"]}]}]}");
        Process process = start("--port", "0", "--seed", seed.toString());
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = new ArrayList<>(List.of(lineOf(output)));
            while (!lines.get(lines.size() - 1).startsWith("READY ")) {
                lines.add(lineOf(output));
            }

            URI base = URI.create(lines.get(lines.size() - 1).substring("READY ".length()));

            assertThat(String.join("\n", lines)).contains("not for production", base + "/inbox", PROJECT);
            assertThat(get(base.resolve("/_emulator/users"))).contains("U2ana");
            assertThat(get(base.resolve("/v2/keys/" + PROJECT))).contains("RS256");
        } finally {
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void G1_the_jar_to_depend_on_holds_nothing_but_the_emulator() throws IOException {
        Path plain = JAR.resolveSibling(JAR.getFileName().toString().replace("-all.jar", ".jar"));

        try (JarFile jar = new JarFile(plain.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
                    .allMatch(name -> name.startsWith("org/descope4j/emulator/"));
        }
    }

    private Path seed(String content) throws IOException {
        return Files.writeString(directory.resolve("stage.json"), content);
    }

    private static End run(String... arguments) throws Exception {
        Process process = start(arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new End(process.exitValue(), output);
    }

    private static Process start(String... arguments) throws IOException {
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String lineOf(BufferedReader output) {
        try {
            return requireNonNull(output.readLine(), "The emulator ended before it was ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }
}
