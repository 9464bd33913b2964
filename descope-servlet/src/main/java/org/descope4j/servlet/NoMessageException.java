package org.descope4j.servlet;

import java.io.Serial;

/** The application's {@link LinkMessages} chose no message that can be sent. */
final class NoMessageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NoMessageException(Throwable cause) {
        super("The LinkMessages of the application chose no message that can be sent", cause);
    }
}
