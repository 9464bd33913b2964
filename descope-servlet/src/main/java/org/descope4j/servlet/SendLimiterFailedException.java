package org.descope4j.servlet;

/** The application's {@link SendLimiter} threw, or returned nothing: nobody can tell whether a link may be sent. */
final class SendLimiterFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SendLimiterFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    SendLimiterFailedException(String message) {
        super(message);
    }
}
