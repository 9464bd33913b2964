package org.descope4j.servlet;

import java.util.Locale;

/** The pages a person can see. */
enum PageName {
    /** Asks who wants to sign in. */
    SIGN_IN,
    /** A link is on its way. */
    CHECK_INBOX,
    /** Asks for the click that redeems a link. */
    CONFIRM,
    /** The link was used, is past its time, or never was. */
    LINK_INVALID,
    /** A link or a form came incomplete. */
    BAD_REQUEST,
    /** A form came without its proof of origin. */
    FORBIDDEN,
    /** The application does not let this account in. */
    REFUSED,
    /** Signed in, but this is for others. */
    NOT_ALLOWED,
    /** Too many links were asked for. */
    TOO_MANY_REQUESTS,
    /** Descope cannot be asked. */
    UNAVAILABLE,
    /** Asks a signed-in user for a new address. */
    UPDATE,
    /** A link to a new address is on its way. */
    UPDATE_SENT,
    /** The new address is the user's. */
    UPDATE_DONE,
    /** To change an address, the user has to sign in again. */
    UPDATE_AGAIN,
    /** A link to a new address came where its user is not signed in. */
    UPDATE_ELSEWHERE,
    /** Asks who is signed in to prove it once more. */
    STEP_UP,
    /** Asks for the click that signs out. */
    SIGN_OUT,
    /** Nobody is signed in any more. */
    SIGNED_OUT;

    /** As in configuration: {@code check-inbox}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
