package org.descope4j;

import static java.util.Objects.requireNonNull;

/**
 * The two JWTs of a session. Both are bearer credentials: whoever has one is the user, so {@link #toString()} shows neither.
 *
 * @param sessionJwt the session JWT (claim {@code drn} is {@code DS}), minutes long
 * @param refreshJwt the refresh JWT (claim {@code drn} is {@code DSR}), weeks long. After a refresh without rotation this
 *     is the one that was sent, since it stays the one to use.
 */
public record Tokens(String sessionJwt, String refreshJwt) {
    /**
     * Checks that both are there.
     *
     * @param sessionJwt the session JWT
     * @param refreshJwt the refresh JWT
     * @throws NullPointerException if one is missing
     */
    public Tokens {
        requireNonNull(sessionJwt, "sessionJwt");
        requireNonNull(refreshJwt, "refreshJwt");
    }

    /** Says that there are tokens, never which. */
    @Override
    public String toString() {
        return "Tokens[redacted]";
    }
}
