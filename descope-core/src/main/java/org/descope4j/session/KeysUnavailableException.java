package org.descope4j.session;

import static java.util.Objects.requireNonNull;

/**
 * Says that a token can be neither accepted nor refused at present, because the project's public keys cannot be had.
 *
 * <p>It never means "not signed in": answer 503 where a session is needed, and clear no cookie.
 */
public final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was expected, what came, what to do; without any token
     */
    public KeysUnavailableException(String message) {
        super(requireNonNull(message, "message"));
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what was expected, what came, what to do; without any token
     * @param cause why the keys could not be had
     */
    public KeysUnavailableException(String message, Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }
}
