package org.descope4j.emulator;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a user types to say who they are, in the form in which two of them are compared: e-mail addresses in lower case, phone numbers
 * without punctuation after the plus sign, anything else as it came.
 */
record LoginId(String value) {
    private static final Pattern INTERNATIONAL_PHONE = Pattern.compile("\\+[0-9 ()./-]*[0-9][0-9 ()./-]*");
    private static final Pattern ANY_PHONE = Pattern.compile("\\+?[0-9 ()./-]*[0-9][0-9 ()./-]*");

    static LoginId of(String text) {
        String stripped = text.strip();
        if (stripped.indexOf('@') >= 0) {
            return new LoginId(stripped.toLowerCase(Locale.ROOT));
        }
        if (INTERNATIONAL_PHONE.matcher(stripped).matches()) {
            return new LoginId("+" + stripped.replaceAll("[^0-9]", ""));
        }
        return new LoginId(stripped);
    }

    boolean isBlank() {
        return value.isBlank();
    }

    boolean isEmail() {
        int at = value.indexOf('@');
        return at > 0 && at < value.length() - 1;
    }

    boolean isPhone() {
        return ANY_PHONE.matcher(value).matches();
    }
}
