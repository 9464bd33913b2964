package org.descope4j;

import static java.util.Objects.requireNonNull;

import org.descope4j.session.Session;

/**
 * A redeemed magic link: who signed in, proven.
 *
 * @param session the verified session JWT
 * @param tokens the JWTs to keep, verified too
 * @param user the user as Descope described them in the same answer; its ID is the session's subject
 * @param firstSeen whether this is the user's first sign-in
 * @param details what else Descope said
 */
public record SignIn(Session session, Tokens tokens, User user, boolean firstSeen, AnswerDetails details) {
    /**
     * Checks that all are there.
     *
     * @param session the verified session JWT
     * @param tokens the JWTs to keep
     * @param user the user
     * @param firstSeen whether this is the first sign-in
     * @param details what else Descope said
     * @throws NullPointerException if one is missing
     */
    public SignIn {
        requireNonNull(session, "session");
        requireNonNull(tokens, "tokens");
        requireNonNull(user, "user");
        requireNonNull(details, "details");
    }
}
