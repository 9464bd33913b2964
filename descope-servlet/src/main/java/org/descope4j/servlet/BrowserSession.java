package org.descope4j.servlet;

/**
 * The session of a browser: of all the cookies that came, those that count. Immutable.
 *
 * @param sessionJwt empty where none came, or none that belongs to the rest
 * @param refreshJwt empty where none came
 * @param profile the one sealed for this very refresh JWT, else an unknown one
 * @param owner the subject that a sealed profile names; JWTs of anybody else were planted. Empty where no profile of ours came
 * @param isDisputed whether cookies came twice, and nobody can tell which are genuine
 */
record BrowserSession(String sessionJwt, String refreshJwt, Profile profile, String owner, boolean isDisputed) {
    static final BrowserSession DISPUTED = new BrowserSession("", "", Profile.unknown(""), "", true);

    /** Of cookies that came once each. */
    static BrowserSession alone(String sessionJwt, String refreshJwt, String owner) {
        return new BrowserSession(sessionJwt, refreshJwt, Profile.unknown(""), owner, false);
    }

    /** Of a refresh JWT and the profile that was sealed for it. */
    static BrowserSession complete(String sessionJwt, String refreshJwt, Profile profile) {
        return new BrowserSession(sessionJwt, refreshJwt, profile, profile.subject(), false);
    }

    boolean isEmpty() {
        return !isDisputed && sessionJwt.isEmpty() && refreshJwt.isEmpty();
    }

    /** Whether the refresh JWT is the one that the profile was sealed for. */
    boolean isSealed() {
        return !profile.refreshMark().isEmpty();
    }

    /** Whether all of it was written together. */
    boolean isWhole() {
        return isSealed() && profile.wasWrittenWith(sessionJwt);
    }

    /** Whether a JWT of this subject may be the owner's. */
    boolean mayBelongTo(String subject) {
        return owner.isEmpty() || owner.equals(subject);
    }

    /** What is known of a subject beside the session JWT. */
    Profile profileOf(String subject) {
        return profile.subject().equals(subject) ? profile : Profile.unknown(subject);
    }

    /** Holds tokens: never in a log. */
    @Override
    public String toString() {
        return "BrowserSession[redacted]";
    }
}
