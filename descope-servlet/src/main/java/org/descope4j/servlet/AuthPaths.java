package org.descope4j.servlet;

/** The paths below the context path that are ours; always public. */
final class AuthPaths {
    /** The sign-in page (GET) and the request for a link (POST). */
    static final String SIGN_IN = "/auth/sign-in";
    /** "Check your inbox". */
    static final String SENT = "/auth/sign-in/sent";
    /** Where links lead; the state of the link is a segment below it. */
    static final String VERIFY = "/auth/verify";
    /** Sign-out: a page that asks (GET), the deed (POST). */
    static final String SIGN_OUT = "/auth/sign-out";

    private AuthPaths() {}

    static boolean isOurs(String path) {
        return path.equals(SIGN_IN)
                || path.equals(SENT)
                || path.equals(SIGN_OUT)
                || path.equals(VERIFY)
                || path.startsWith(VERIFY + "/");
    }
}
