package org.descope4j.servlet;

/**
 * Who is signed in while a page says that a link did not sign anybody in. Immutable.
 *
 * @param account what the user is called; empty for nobody
 * @param homePath where they go on
 * @param signOutPath where they sign out, to sign in as somebody else
 */
record StillSignedIn(String account, String homePath, String signOutPath) {
    static final StillSignedIn NOBODY = new StillSignedIn("", "", "");

    boolean isSomebody() {
        return !account.isEmpty();
    }

    /** Personal data: never in a log. */
    @Override
    public String toString() {
        return "StillSignedIn[redacted]";
    }
}
