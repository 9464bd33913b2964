package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import org.descope4j.User;
import org.descope4j.session.Session;

/**
 * Somebody who opened their link, proven, and not signed in yet. Immutable.
 */
public final class VerifiedSignIn {
    private final ProvenSignIn signIn;

    VerifiedSignIn(ProvenSignIn signIn) {
        this.signIn = requireNonNull(signIn, "signIn");
    }

    /**
     * The e-mail address or phone number that the link was sent to: the person has just shown that it is theirs.
     *
     * @return one of the user's login IDs
     */
    public String loginId() {
        return signIn.loginId();
    }

    /**
     * The user as Descope describes them.
     *
     * @return with the user ID that never changes
     */
    public User user() {
        return signIn.user();
    }

    /**
     * The session that begins, if the application agrees.
     *
     * @return verified
     */
    public Session session() {
        return signIn.session();
    }

    /**
     * Whether this is the user's first sign-in.
     *
     * @return true where Descope made the account just now
     */
    public boolean isFirst() {
        return signIn.isFirst();
    }

    /** The user ID alone. */
    @Override
    public String toString() {
        return "VerifiedSignIn[" + signIn.user().id() + "]";
    }
}
