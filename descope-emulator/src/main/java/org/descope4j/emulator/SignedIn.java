package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

/**
 * Somebody who has just signed in.
 *
 * @param userId the {@code sub} of both JWTs
 * @param sessionJwt as a click on a link would have brought it
 * @param refreshJwt alive: the emulator refreshes it until it expires or is signed out
 */
public record SignedIn(String userId, String sessionJwt, String refreshJwt) {
    /**
     * Keeps what it is given.
     *
     * @param userId whose JWTs these are
     * @param sessionJwt the session JWT
     * @param refreshJwt the refresh JWT
     */
    public SignedIn {
        requireNonNull(userId, "userId");
        requireNonNull(sessionJwt, "sessionJwt");
        requireNonNull(refreshJwt, "refreshJwt");
    }

    /** Says who, and nothing that could be used. */
    @Override
    public String toString() {
        return "SignedIn[" + userId + "]";
    }
}
