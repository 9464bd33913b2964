package org.descope4j.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What can be chosen about a demo.
 *
 * @param webapp the sample as an exploded WAR
 * @param port where the sample serves; 0 takes a free port
 * @param emulatorPort where the emulator serves; 0 takes a free port
 * @param sessionLifetime how long a session JWT of the emulator is good for
 */
public record DemoOptions(Path webapp, int port, int emulatorPort, Duration sessionLifetime) {

    /** The port of the sample, if nothing else is said: {@value}. */
    public static final int DEFAULT_PORT = 8080;

    /** The port of the emulator, if nothing else is said: {@value}. */
    public static final int DEFAULT_EMULATOR_PORT = 8081;

    /** Descope's own default for a session JWT: 10 minutes. */
    public static final Duration DEFAULT_SESSION_LIFETIME = Duration.ofMinutes(10);

    /**
     * The options of a test: free ports, so that nothing on the machine is in the way.
     *
     * @param webapp the sample as an exploded WAR
     * @return options with free ports
     */
    public static DemoOptions onFreePorts(Path webapp) {
        return new DemoOptions(webapp, 0, 0, DEFAULT_SESSION_LIFETIME);
    }
}
