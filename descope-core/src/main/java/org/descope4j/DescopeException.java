package org.descope4j;

import org.jspecify.annotations.Nullable;

/**
 * Descope did not do what it was asked for. The subclasses differ in what a caller can do about it:
 *
 * <ul>
 *   <li>{@link RefusedByDescopeException}: Descope said no, and will say no again;
 *   <li>{@link RateLimitedException}: ask again, later;
 *   <li>{@link DescopeUnavailableException}: nobody knows; the user's session is neither good nor bad.
 * </ul>
 *
 * Messages never hold a token, a key or a login ID.
 */
public abstract sealed class DescopeException extends RuntimeException
        permits RefusedByDescopeException, RateLimitedException, DescopeUnavailableException {
    private static final long serialVersionUID = 1L;

    DescopeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
