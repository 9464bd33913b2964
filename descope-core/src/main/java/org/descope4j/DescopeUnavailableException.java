package org.descope4j;

import org.jspecify.annotations.Nullable;

/**
 * Descope could not be asked, or its answer could not be understood: no connection, no answer in time, HTTP 5xx, a
 * redirect, something that is not JSON, an answer cut off, or no keys to judge its tokens with. It says nothing about the
 * user: a web application answers 503, clears no cookie, and may be asked again.
 */
public final class DescopeUnavailableException extends DescopeException {
    private static final long serialVersionUID = 1L;

    DescopeUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
