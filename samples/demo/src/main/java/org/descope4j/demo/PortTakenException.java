package org.descope4j.demo;

/** Another program listens on a port that the demo needs. The message names the property that chooses another port. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTakenException(int port, String property, Throwable cause) {
        super(
                "Port %d is taken by another program: choose a free one with -D%s=<port>.".formatted(port, property),
                cause);
    }
}
