package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

/** A token that browsers would drop from a cookie without a word, so that the user would be signed out at once (V24). */
final class CookieTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CookieTooLargeException(String name, int length) {
        super("Cookie " + name + " would have " + length + " characters, and browsers keep at most "
                + SessionCookies.LARGEST
                + " with its name: shorten the user's roles, permissions or tenants in the project's JWT template");
    }

    /** How long it would be, and what to do: for the operator. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
