package org.descope4j;

import static java.util.Objects.requireNonNull;

import org.descope4j.session.Session;

/**
 * A session that goes on: the answer to a refresh or to the selection of a tenant, proven to belong to the subject of the refresh JWT
 * that asked for it.
 *
 * @param session the new session JWT, verified
 * @param tokens the JWTs to keep from now on; with rotation switched on for the project both are new
 * @param user the user as Descope describes them now
 * @param details what else Descope said
 */
public record RefreshedSession(Session session, Tokens tokens, User user, AnswerDetails details) {
    /**
     * Checks that all are there.
     *
     * @param session the new session JWT
     * @param tokens the JWTs to keep
     * @param user the user
     * @param details what else Descope said
     * @throws NullPointerException if one is missing
     */
    public RefreshedSession {
        requireNonNull(session, "session");
        requireNonNull(tokens, "tokens");
        requireNonNull(user, "user");
        requireNonNull(details, "details");
    }
}
