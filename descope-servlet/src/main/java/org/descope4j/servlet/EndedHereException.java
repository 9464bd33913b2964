package org.descope4j.servlet;

/** A session was ended in this browser while Descope was asked about it: the answer is not to be used. */
final class EndedHereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndedHereException() {
        super("The session was ended here while Descope was asked to let it go on", null, false, false);
    }
}
