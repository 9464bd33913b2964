package org.descope4j.servlet;

import org.descope4j.SignIn;
import org.descope4j.Tokens;
import org.descope4j.User;
import org.descope4j.session.Session;

/**
 * Somebody whose link was redeemed: proven, and not signed in yet. Immutable.
 *
 * @param session the verified session JWT
 * @param tokens the JWTs to keep, verified too
 * @param user as Descope describes them
 * @param isFirst whether Descope made the account just now
 * @param loginId the login ID that the link was for
 */
record ProvenSignIn(Session session, Tokens tokens, User user, boolean isFirst, String loginId) {

    static ProvenSignIn of(SignIn signIn, String loginId) {
        return new ProvenSignIn(signIn.session(), signIn.tokens(), signIn.user(), signIn.firstSeen(), loginId);
    }

    /** Holds secrets and personal data: the user ID alone. */
    @Override
    public String toString() {
        return "ProvenSignIn[" + session.userId() + "]";
    }
}
