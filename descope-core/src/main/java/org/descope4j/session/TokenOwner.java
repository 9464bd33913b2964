package org.descope4j.session;

import java.util.Optional;

/**
 * Whom a token is for. A JWT template may put another value in place of the user ID as the subject, the same for several users even; the
 * claim {@code dsub} then holds the user ID. Descope's description of its JWTs names that claim for session JWTs only.
 *
 * @param subject the claim {@code sub}
 * @param replacedId the claim {@code dsub}, where it is a text that is not blank
 */
record TokenOwner(String subject, Optional<String> replacedId) {

    static TokenOwner of(String subject, JsonMembers claims) {
        return new TokenOwner(subject, claims.text("dsub").filter(id -> !id.isBlank()));
    }

    /** What applications see as the identity of the user. */
    String userId() {
        return replacedId.orElse(subject);
    }

    /** Whether this is the owner of a session too: of one subject, and of one user ID where this token names one beside that. */
    boolean isThatOfSession(TokenOwner session) {
        boolean isOneUser = replacedId.isEmpty() || replacedId.get().equals(session.userId());
        return subject.equals(session.subject()) && isOneUser;
    }

    /** Says nothing about whom. */
    @Override
    public String toString() {
        return "TokenOwner[redacted]";
    }
}
