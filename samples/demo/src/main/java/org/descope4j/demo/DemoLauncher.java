package org.descope4j.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import org.descope4j.emulator.DescopeEmulator;

/**
 * Starts the demo and says when it serves: {@code READY http://localhost:8080/} on standard output. The ports are
 * chosen by {@code -Ddemo.port} and {@code -Demulator.port}. With {@code DESCOPE_PROJECT_ID} in the environment the
 * sample talks to that project of Descope, and there is no emulator.
 */
public final class DemoLauncher {

    private DemoLauncher() {}

    /**
     * Runs until the process is ended.
     *
     * @param arguments the directory of the sample as an exploded WAR
     * @throws IOException if the set-up of the log cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("Expected one argument: the directory of the exploded WAR.");
        }
        try (InputStream logging = DemoLauncher.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(logging);
        }
        try {
            run(Path.of(arguments[0]));
        } catch (PortTakenException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Path webapp) throws InterruptedException {
        DemoOptions options = new DemoOptions(
                webapp,
                Integer.getInteger("demo.port", DemoOptions.DEFAULT_PORT),
                Integer.getInteger("emulator.port", DemoOptions.DEFAULT_EMULATOR_PORT),
                DemoOptions.DEFAULT_SESSION_LIFETIME);
        boolean hasProject = System.getenv("DESCOPE_PROJECT_ID") != null;
        Demo demo = hasProject ? Demo.startAgainstDescope(options) : Demo.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "end of the demo"));
        greet(demo);
        new CountDownLatch(1).await();
    }

    private static void greet(Demo demo) {
        System.out.println();
        System.out.println(demo.emulator()
                .map(DescopeEmulator::baseUri)
                .map(DemoLauncher::wordsOfTheEmulator)
                .orElse("The demo talks to Descope: links go to real inboxes."));
        System.out.println("Ctrl-C ends the demo.");
        System.out.println();
        System.out.println("READY " + demo.uri());
        System.out.flush();
    }

    private static String wordsOfTheEmulator(URI emulator) {
        return """
               The demo runs on this machine alone: a Descope emulator keeps the messages.
               Sign in with any e-mail address, then find the link in the inbox:
                 %s""".formatted(emulator.resolve("/inbox"));
    }
}
