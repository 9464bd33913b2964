package org.descope4j.servlet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The pages a person can see. */
enum PageName {
    /** Asks who wants to sign in. */
    SIGN_IN(SettingKey.PAGE_SIGN_IN),
    /** Asks a new user for details. */
    SIGN_UP(SettingKey.PAGE_SIGN_UP),
    /** A link is on its way. */
    CHECK_INBOX(SettingKey.PAGE_CHECK_INBOX),
    /** Asks for the click that redeems a link. */
    CONFIRM(SettingKey.PAGE_CONFIRM),
    /** Names the account of a link that named none, and asks for the click that signs in. */
    CONFIRM_ACCOUNT(SettingKey.PAGE_CONFIRM_ACCOUNT),
    /** The person said that the account is not theirs. */
    DECLINED(SettingKey.PAGE_DECLINED),
    /** The link was used, is past its time, or never was. */
    LINK_INVALID(SettingKey.PAGE_LINK_INVALID),
    /** A link or a form came incomplete. */
    BAD_REQUEST(SettingKey.PAGE_BAD_REQUEST),
    /** A form came without its proof of origin. */
    FORBIDDEN(SettingKey.PAGE_FORBIDDEN),
    /** The application does not let this account in. */
    REFUSED(SettingKey.PAGE_REFUSED),
    /** Signed in, but this is for others. */
    NOT_ALLOWED(SettingKey.PAGE_NOT_ALLOWED),
    /** Too many links were asked for. */
    TOO_MANY_REQUESTS(SettingKey.PAGE_TOO_MANY_REQUESTS),
    /** Descope cannot be asked. */
    UNAVAILABLE(SettingKey.PAGE_UNAVAILABLE),
    /** Asks a signed-in user for a new address. */
    UPDATE(SettingKey.PAGE_UPDATE),
    /** A link to a new address is on its way. */
    UPDATE_SENT(SettingKey.PAGE_UPDATE_SENT),
    /** The new address is the user's. */
    UPDATE_DONE(SettingKey.PAGE_UPDATE_DONE),
    /** To change an address, the user has to sign in again. */
    UPDATE_AGAIN(SettingKey.PAGE_UPDATE_AGAIN),
    /** A link to a new address came where its user is not signed in. */
    UPDATE_ELSEWHERE(SettingKey.PAGE_UPDATE_ELSEWHERE),
    /** Asks who is signed in to prove it once more. */
    STEP_UP(SettingKey.PAGE_STEP_UP),
    /** Asks for the click that signs out. */
    SIGN_OUT(SettingKey.PAGE_SIGN_OUT),
    /** Nobody is signed in any more. */
    SIGNED_OUT(SettingKey.PAGE_SIGNED_OUT);

    private final SettingKey setting;

    PageName(SettingKey setting) {
        this.setting = setting;
    }

    /** The page of this name. */
    static Optional<PageName> find(String key) {
        return Arrays.stream(values()).filter(name -> name.key().equals(key)).findFirst();
    }

    /** The key that puts a page of the application's own in its place. */
    SettingKey setting() {
        return setting;
    }

    /** As in configuration: {@code check-inbox}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
