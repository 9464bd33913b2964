package org.descope4j.servlet;

import java.util.regex.Pattern;

/**
 * The paths below the context path that are ours; always public. Immutable.
 *
 * @param base what all of them are below, such as {@code /auth}
 * @param hasSignUp whether there is a sign-up page; without one its path is the application's
 */
record AuthPaths(String base, boolean hasSignUp) {
    private static final Pattern BASE = Pattern.compile("(/[A-Za-z0-9_-]+)+");

    static final AuthPaths DEFAULT = new AuthPaths(SettingKey.AUTH_PATH.defaultValue(), false);

    /**
     * @throws IllegalArgumentException if {@code base} is no plain path
     */
    AuthPaths {
        if (!BASE.matcher(base).matches()) {
            throw SettingKey.AUTH_PATH.refusal(
                    "a path of letters, digits, - and _ below the context path, such as /auth; got " + base);
        }
    }

    /** All of them. */
    PathPattern all() {
        return new PathPattern(base, true);
    }

    /** The sign-in page (GET) and the request for a link (POST). */
    String signIn() {
        return base + "/sign-in";
    }

    /** The page on which a new user gives details; ours only where the application asks for some. */
    String signUp() {
        return base + "/sign-up";
    }

    boolean isSignUp(String path) {
        return hasSignUp && path.equals(signUp());
    }

    /** "Check your inbox". */
    String sent() {
        return base + "/sign-in/sent";
    }

    /** Where links lead; the state of the link is a segment below it. */
    String verify() {
        return base + "/verify";
    }

    /** Sign-out: a page that asks (GET), the deed (POST). */
    String signOut() {
        return base + "/sign-out";
    }

    /** Where a signed-in user asks for a link to prove once more who they are. */
    String stepUp() {
        return base + "/step-up";
    }

    /** "Check your inbox" for that link. */
    String stepUpSent() {
        return base + "/step-up/sent";
    }

    /** The page on which a signed-in user changes an address; where its links lead is below it. */
    String update() {
        return base + "/update";
    }

    /** "A link is on its way to the new address". */
    String updateSent() {
        return base + "/update/sent";
    }

    /** "Your address is changed". */
    String updateDone() {
        return base + "/update/done";
    }

    /** What is not worth returning to, or would be a click that nobody made (R5). */
    boolean isNoTarget(String path) {
        return isOurs(path) || path.startsWith(update() + "/");
    }

    boolean isOurs(String path) {
        return path.equals(signIn())
                || isSignUp(path)
                || path.equals(sent())
                || path.equals(signOut())
                || isStepUp(path)
                || isVerify(path);
    }

    boolean isStepUp(String path) {
        return path.equals(stepUp()) || path.equals(stepUpSent());
    }

    boolean isVerify(String path) {
        return path.equals(verify()) || path.startsWith(verify() + "/");
    }

    /** Ours only where an application switched it on. */
    boolean isUpdate(String path) {
        return path.equals(update()) || path.startsWith(update() + "/");
    }
}
