package org.descope4j.cdi;

/**
 * An injected {@link org.descope4j.servlet.DescopePrincipal} was asked while nobody is signed in, or outside a request: in a timer,
 * in an asynchronous observer. Protect the path, or ask {@link SignedInUser#find()} first.
 */
public final class NotSignedInException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotSignedInException() {
        super("Nobody is signed in here: protect the path (descope.protected-paths), or ask SignedInUser.find() first");
    }
}
