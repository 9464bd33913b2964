package org.descope4j.emulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Starts an emulator from the arguments of a command line. */
final class CommandLine {
    static final int RUNNING = -1;

    private static final int DONE = 0;
    private static final int CANNOT_START = 1;
    private static final int MISUSED = 2;
    private static final int DEFAULT_PORT = 8081;
    private static final String HELP = """
            The Descope service on this machine, for development and tests.

            Options:
              --port <number>      the port to listen on, 0 for any free one (default %d)
              --project-id <id>    the project ID that clients use (default %s)
              --management-key <key>
                                   the key that management calls need (default a random one)
              --auth-management-key <key>
                                   a key that every call that signs users in must end with (default none)
              --signing-algorithm <name>
                                   RS256 or ES384 (default RS256)
              --issuer-form <name> PROJECT_ID, URL, APPLICATION_URL or AGENTIC_URL (default PROJECT_ID)
              --tokens-in-cookies  hand out JWTs as cookies
              --rotate-refresh-tokens
                                   a new refresh JWT at each refresh
              --help               print this and exit
            """.formatted(DEFAULT_PORT, DescopeEmulator.DEFAULT_PROJECT_ID);

    private final PrintStream out;
    private final PrintStream err;

    CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The exit code, or {@link #RUNNING} when an emulator runs now. */
    int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(HELP);
            return DONE;
        }
        try {
            DescopeEmulator emulator = configure(List.of(arguments).iterator()).start();
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

    private static DescopeEmulator.Builder configure(Iterator<String> arguments) {
        DescopeEmulator.Builder builder = DescopeEmulator.builder().port(DEFAULT_PORT);
        while (arguments.hasNext()) {
            String option = arguments.next();
            switch (option) {
                case "--port" -> builder.port(number(value(option, arguments)));
                case "--management-key" -> builder.managementKey(value(option, arguments));
                case "--auth-management-key" -> builder.authManagementKey(value(option, arguments));
                case "--signing-algorithm" ->
                    builder.signingAlgorithm(constant(SigningAlgorithm.class, value(option, arguments)));
                case "--issuer-form" -> builder.issuerForm(constant(IssuerForm.class, value(option, arguments)));
                case "--tokens-in-cookies" -> builder.tokensInCookies(true);
                case "--rotate-refresh-tokens" -> builder.rotatesRefreshTokens(true);
                case "--project-id" -> builder.projectId(value(option, arguments));
                default -> throw new IllegalArgumentException("There is no option " + option);
            }
        }
        return builder;
    }

    private static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw new IllegalArgumentException("The option " + option + " needs a value");
        }
        return arguments.next();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected one of " + Arrays.toString(type.getEnumConstants()) + ", not " + name));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A port is a number from 0 to 65535, not " + text, e);
        }
    }
}
