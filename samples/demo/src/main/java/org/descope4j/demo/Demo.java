package org.descope4j.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.descope4j.emulator.DescopeEmulator;

/**
 * A running demo: the sample web application and, unless it talks to Descope itself, the emulator. Ends with
 * {@link #close()}.
 */
public final class Demo implements AutoCloseable {
    private final SampleServer server;
    private final Optional<DescopeEmulator> emulator;

    private Demo(SampleServer server, Optional<DescopeEmulator> emulator) {
        this.server = server;
        this.emulator = emulator;
    }

    /**
     * Starts the sample with the emulator beside it.
     *
     * @param options ports and the sample
     * @return the demo, which serves
     * @throws PortTakenException if one of the two ports is taken
     */
    public static Demo start(DemoOptions options) {
        requireFree(options.port(), "demo.port");
        requireFree(options.emulatorPort(), "emulator.port");
        DescopeEmulator emulator = DescopeEmulator.builder()
                .port(options.emulatorPort())
                .sessionLifetime(options.sessionLifetime())
                .rolesForNewUsers("member")
                .start();
        Map<String, String> settings = Map.of(
                "descope.project-id", emulator.projectId(),
                "descope.base-url", emulator.baseUri().toString());
        try {
            return new Demo(SampleServer.start(options.webapp(), options.port(), settings), Optional.of(emulator));
        } catch (RuntimeException e) {
            emulator.close();
            throw e;
        }
    }

    /**
     * Starts the sample alone; it talks to the Descope project that the environment variable
     * {@code DESCOPE_PROJECT_ID} names.
     *
     * @param options the port and the sample
     * @return the demo, which serves
     * @throws PortTakenException if the port is taken
     */
    public static Demo startAgainstDescope(DemoOptions options) {
        requireFree(options.port(), "demo.port");
        return new Demo(SampleServer.start(options.webapp(), options.port(), Map.of()), Optional.empty());
    }

    /**
     * {@return where the sample's first page is}
     */
    public URI uri() {
        return server.uri();
    }

    /**
     * {@return the emulator, if there is one}
     */
    public Optional<DescopeEmulator> emulator() {
        return emulator;
    }

    @Override
    public void close() {
        server.close();
        emulator.ifPresent(DescopeEmulator::close);
    }

    private static void requireFree(int port, String property) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new PortTakenException(port, property, e);
        }
    }
}
