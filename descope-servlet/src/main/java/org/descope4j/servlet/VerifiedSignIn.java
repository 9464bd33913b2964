package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
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

    /**
     * What the sign-up page asked for under names of the application's own ({@code descope.sign-up-fields}); name, phone and the like are
     * in {@link #user()}. The person typed it, and nothing but the login ID is proven.
     *
     * @return by the names of the fields, without those left empty; empty where the account was there before, and where the link is not
     *     the one that the sign-up page had sent
     */
    public Map<String, String> details() {
        Object claim = session().customClaims().get(SignUpDetails.CLAIM);
        Object claimAtTop = claim == null ? session().claims().get(SignUpDetails.CLAIM) : claim;
        if (!(claimAtTop instanceof Map<?, ?> fields)) {
            return Map.of();
        }
        Map<String, String> details = new HashMap<>();
        fields.forEach((name, value) -> {
            if (name instanceof String key && value instanceof String text) {
                details.put(key, text);
            }
        });
        return Map.copyOf(details);
    }

    /** The user ID alone. */
    @Override
    public String toString() {
        return "VerifiedSignIn[" + signIn.user().id() + "]";
    }
}
