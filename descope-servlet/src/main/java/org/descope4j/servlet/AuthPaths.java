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

    /** The page on which a signed-in user changes an address; where its links lead is below it. */
    static final String UPDATE = "/auth/update";
    /** "A link is on its way to the new address". */
    static final String UPDATE_SENT = "/auth/update/sent";
    /** "Your address is changed". */
    static final String UPDATE_DONE = "/auth/update/done";

    private AuthPaths() {}

    /** What is not worth returning to, or would be a click that nobody made (R5). */
    static boolean isNoTarget(String path) {
        return isOurs(path) || path.startsWith(UPDATE + "/");
    }

    static boolean isOurs(String path) {
        return path.equals(SIGN_IN)
                || path.equals(SENT)
                || path.equals(SIGN_OUT)
                || path.equals(VERIFY)
                || path.startsWith(VERIFY + "/");
    }

    /** Ours only where an application switched it on. */
    static boolean isUpdate(String path) {
        return path.equals(UPDATE) || path.startsWith(UPDATE + "/");
    }
}
