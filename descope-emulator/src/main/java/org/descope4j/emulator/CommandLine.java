package org.descope4j.emulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Starts an emulator from the arguments of a command line. */
final class CommandLine {
    static final int RUNNING = -1;

    private static final int DONE = 0;
    private static final int CANNOT_START = 1;
    private static final int MISUSED = 2;
    private static final int DEFAULT_PORT = 8081;
    private static final String SEED = "--seed";
    private static final String HELP = "--help";
    private static final List<Option> OF_EMULATOR = List.of(
            Option.of(
                    "--port <number>",
                    "the port to listen on, 0 for any free one (default " + DEFAULT_PORT + ")",
                    CommandLine::port),
            Option.of(
                    "--bind <address>",
                    "the address to listen on (default the loopback interface); another one needs --expose-as",
                    DescopeEmulator.Builder::bindAddress),
            Option.of(
                    "--expose-as <host,...>",
                    "lets others in, who call this machine by these names",
                    (builder, hosts) -> builder.exposedAs(hosts.split(",", -1))));
    private static final List<Option> OF_PROJECT = List.of(
            Option.of(
                    "--project-id <id>",
                    "the project ID that clients use (default " + DescopeEmulator.DEFAULT_PROJECT_ID + ")",
                    ProjectOptions::projectId),
            Option.of(
                    "--management-key <key>",
                    "the key that management calls need (default a random one)",
                    ProjectOptions::managementKey),
            Option.of(
                    "--auth-management-key <key>",
                    "a key that every call that signs users in must end with (default none)",
                    ProjectOptions::authManagementKey),
            Option.of(
                    "--session-lifetime <duration>",
                    "how long a session JWT is good (default PT10M)",
                    (builder, text) -> builder.sessionLifetime(duration(text))),
            Option.of(
                    "--refresh-lifetime <duration>",
                    "how long a refresh JWT is good (default P28D)",
                    (builder, text) -> builder.refreshLifetime(duration(text))),
            Option.of(
                    "--link-lifetime <duration>",
                    "how long a magic link is good (default PT3M)",
                    (builder, text) -> builder.linkLifetime(duration(text))),
            Option.of(
                    "--roles-for-new-users <role,...>",
                    "the roles of users who sign up (default none)",
                    (builder, roles) -> builder.rolesForNewUsers(roles.split(",", -1))),
            Option.of(
                    "--signing-algorithm <name>",
                    "RS256 or ES384 (default RS256)",
                    (builder, name) -> builder.signingAlgorithm(SigningAlgorithm.named(name))),
            Option.of(
                    "--issuer-form <name>",
                    "PROJECT_ID, URL, APPLICATION_URL or AGENTIC_URL (default PROJECT_ID)",
                    (builder, name) -> builder.issuerForm(IssuerForm.named(name))),
            Option.of(
                    "--tokens-in-cookies",
                    "hand out JWTs as cookies",
                    (builder, none) -> builder.tokensInCookies(true)),
            Option.of(
                    "--rotate-refresh-tokens",
                    "a new refresh JWT at each refresh",
                    (builder, none) -> builder.rotatesRefreshTokens(true)),
            Option.of(
                    "--rotation-grace-period <duration>",
                    "how long a replaced refresh JWT is still good (default PT0S)",
                    (builder, text) -> builder.rotationGracePeriod(duration(text))));

    private final PrintStream out;
    private final PrintStream err;

    CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** One option; what it takes is empty when it takes nothing. */
    private record Option(
            String name, String value, String meaning, BiConsumer<DescopeEmulator.Builder, String> effect) {

        static Option of(String usage, String meaning, BiConsumer<DescopeEmulator.Builder, String> effect) {
            String[] parts = usage.split(" ", 2);
            return new Option(parts[0], parts.length == 2 ? parts[1] : "", meaning, effect);
        }

        String help() {
            return "  %s %s%n      %s%n".formatted(name, value, meaning);
        }

        void apply(DescopeEmulator.Builder builder, Iterator<String> arguments) {
            effect.accept(builder, value.isEmpty() ? "" : valueOf(name, arguments));
        }
    }

    /** The exit code, or {@link #RUNNING} when an emulator runs now. */
    int run(String... arguments) {
        if (List.of(arguments).contains(HELP)) {
            out.print(help());
            return DONE;
        }
        try {
            DescopeEmulator emulator = start(List.of(arguments).iterator());
            out.println("READY " + emulator.baseUri());
            return RUNNING;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + ". See --help.");
            return MISUSED;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage() + ".");
            return CANNOT_START;
        }
    }

    private static DescopeEmulator start(Iterator<String> arguments) {
        DescopeEmulator.Builder builder = DescopeEmulator.builder().port(DEFAULT_PORT);
        List<String> seeds = new ArrayList<>();
        List<String> projectOptions = new ArrayList<>();
        while (arguments.hasNext()) {
            String name = arguments.next();
            if (name.equals(SEED)) {
                seeds.add(valueOf(name, arguments));
            } else if (find(OF_EMULATOR, name).isPresent()) {
                find(OF_EMULATOR, name).orElseThrow().apply(builder, arguments);
            } else {
                find(OF_PROJECT, name)
                        .orElseThrow(() -> new IllegalArgumentException("There is no option " + name))
                        .apply(builder, arguments);
                projectOptions.add(name);
            }
        }
        return seeds.isEmpty() ? builder.start() : startSeeded(builder, seeds, projectOptions);
    }

    private static DescopeEmulator startSeeded(
            DescopeEmulator.Builder builder, List<String> seeds, List<String> projectOptions) {
        if (seeds.size() > 1) {
            throw new IllegalArgumentException("One seed file is enough: it can hold several projects");
        }
        if (!projectOptions.isEmpty()) {
            throw new IllegalArgumentException(
                    "The seed file says what " + String.join(", ", projectOptions) + " would say: use one of the two");
        }
        return builder.start(Seed.read(Path.of(seeds.get(0))));
    }

    private static String help() {
        return """
                The Descope service on this machine, for development and tests.

                  java -jar descope-emulator-all.jar [options]

                Options:
                %s  --seed <file>
                      projects, tenants, roles, users and access keys to start with, as JSON
                  --help
                      print this and exit

                Options of the project, when there is no seed file:
                %s
                A duration is written like PT10M or P28D. The inbox is at /inbox; docs/emulator.md has the seed file's fields.
                """.formatted(list(OF_EMULATOR), list(OF_PROJECT));
    }

    private static String list(List<Option> options) {
        return options.stream().map(Option::help).collect(Collectors.joining());
    }

    private static Optional<Option> find(List<Option> options, String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    private static String valueOf(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw new IllegalArgumentException("The option " + option + " needs a value");
        }
        return arguments.next();
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("A duration is written like PT10M or P28D, not " + text, e);
        }
    }

    private static void port(DescopeEmulator.Builder builder, String text) {
        try {
            builder.port(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A port is a number from 0 to 65535, not " + text, e);
        }
    }
}
