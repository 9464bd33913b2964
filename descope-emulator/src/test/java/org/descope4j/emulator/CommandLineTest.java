package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CommandLine commandLine = new CommandLine(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void help_names_every_option() {
        assertThat(commandLine.run("--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "--port",
                        "8081",
                        "--bind",
                        "--expose-as",
                        "--seed",
                        "--session-lifetime",
                        "--refresh-lifetime",
                        "--link-lifetime",
                        "--roles-for-new-users",
                        "--project-id",
                        "--management-key",
                        "--auth-management-key",
                        "--signing-algorithm",
                        "--issuer-form",
                        "--tokens-in-cookies",
                        "--rotate-refresh-tokens",
                        "--help");
    }

    @ParameterizedTest
    @CsvSource({
        "--prot, There is no option --prot. See --help.",
        "--port, The option --port needs a value. See --help.",
        "--project-id P1, 'A project ID is a P and at least 27 more letters and digits, like PEmulator0000000000000000000; got P1. See --help.'",
        "--signing-algorithm HS256, 'Expected one of [RS256, ES384], not HS256. See --help.'",
        "--issuer-form none, 'Expected one of [PROJECT_ID, URL, APPLICATION_URL, AGENTIC_URL], not none. See --help.'",
        "--tokens-in-cookies --issuer-form, The option --issuer-form needs a value. See --help.",
        "--management-key a:b, managementKey consists of printable ASCII without spaces and colons. See --help.",
        "--session-lifetime 10m, 'A duration is written like PT10M or P28D, not 10m. See --help.'",
        "--bind 0.0.0.0, 'Whoever reaches the address 0.0.0.0 could sign in as anybody: to listen there, also say by which host names (exposedAs, --expose-as). See --help.'",
        "--expose-as devbox, 'Nobody else can reach the loopback interface: for devbox, also say which address to listen on (bindAddress, --bind). See --help.'",
        "--bind 0.0.0.0 --expose-as devbox:80, 'A host name is one like devbox.example or 192.168.1.5, without a port, not devbox:80. See --help.'",
        "--seed nowhere.json, There is no file nowhere.json. See --help.",
        "--seed a.json --project-id P2wireTestProject00000000001, 'The seed file says what --project-id would say: use one of the two. See --help.'",
        "--port many, 'A port is a number from 0 to 65535, not many. See --help.'"
    })
    void a_mistake_is_answered_with_one_sentence(String arguments, String sentence) {
        assertThat(commandLine.run(arguments.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo(sentence);
    }

    @Test
    void a_port_that_is_taken_is_answered_with_one_sentence() {
        try (DescopeEmulator first = DescopeEmulator.start()) {
            int port = first.baseUri().getPort();

            assertThat(commandLine.run("--port", Integer.toString(port))).isEqualTo(1);

            assertThat(err.toString(StandardCharsets.UTF_8).strip())
                    .isEqualTo(
                            "Port " + port + " is taken: end the program that listens there, or choose another port.");
        }
    }
}
