package org.descope4j.servlet;

/** So many requests wait for answers of Descope already that this one does not: nobody can tell what the answer will be. */
final class TooManyWaitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyWaitException() {
        super("Too many requests wait for an answer of Descope already; is it slow?", null, false, false);
    }
}
