package org.descope4j.servlet;

import java.util.Optional;
import java.util.regex.Pattern;
import org.descope4j.DeliveryMethod;
import org.jspecify.annotations.Nullable;

/**
 * A login ID typed into the public form: an address that a message can be sent to, and nothing that a mail system, a database
 * or a log could read as something else (S2). Stricter than {@link org.descope4j.MagicLinks}, whose callers may have their own
 * reasons; this comes from anybody.
 *
 * @param value as Descope gets it
 */
record LoginId(String value) {
    private static final int LONGEST_EMAIL = 254;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    /** RFC 5321 mailbox: a dot-atom of up to 64 characters, and a domain of two or more labels. ASCII only. */
    private static final Pattern EMAIL =
            Pattern.compile("(?=[^@]{1,64}@)" + ATOM + "(\\." + ATOM + ")*@" + LABEL + "(\\." + LABEL + ")+");

    private static final Pattern FORBIDDEN_IN_EMAIL = Pattern.compile("[{}|`^/?#]|%0|%1");
    /** E.164: a plus, a country code that does not start with zero, 7 to 15 digits in all. */
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    /** Punctuation people type into phone numbers. */
    private static final Pattern PHONE_PUNCTUATION = Pattern.compile("[ -]");

    /** Reads what was typed; surrounding blanks are dropped, so that they never make a second account. */
    static Optional<LoginId> parse(DeliveryMethod deliveryMethod, @Nullable String typed) {
        if (typed == null || typed.length() > LONGEST_EMAIL + 10) {
            return Optional.empty();
        }
        String text = trimmed(typed);
        return deliveryMethod == DeliveryMethod.EMAIL ? email(text) : phone(text);
    }

    /** Whether a login ID of Descope's is this one: addresses are compared without case. */
    boolean matches(String other) {
        return normalised(value).equals(normalised(other));
    }

    /** Of ASCII letters only: some others, such as the Kelvin sign, have an ASCII letter for their small one (CVE-2026-73420). */
    static String normalised(String loginId) {
        StringBuilder small = new StringBuilder(loginId);
        for (int at = 0; at < small.length(); at++) {
            char letter = small.charAt(at);
            if (letter >= 'A' && letter <= 'Z') {
                small.setCharAt(at, (char) (letter + ('a' - 'A')));
            }
        }
        return small.toString();
    }

    private static Optional<LoginId> email(String text) {
        boolean acceptable = text.length() <= LONGEST_EMAIL
                && EMAIL.matcher(text).matches()
                && !FORBIDDEN_IN_EMAIL.matcher(text).find();
        return acceptable ? Optional.of(new LoginId(text)) : Optional.empty();
    }

    private static Optional<LoginId> phone(String text) {
        String digits = PHONE_PUNCTUATION.matcher(text).replaceAll("");
        return PHONE.matcher(digits).matches() ? Optional.of(new LoginId(digits)) : Optional.empty();
    }

    /** Spaces only: a line break or a tab at the end is no typing error (header injection). */
    private static String trimmed(String typed) {
        int from = 0;
        int to = typed.length();
        while (from < to && typed.charAt(from) == ' ') {
            from++;
        }
        while (to > from && typed.charAt(to - 1) == ' ') {
            to--;
        }
        return typed.substring(from, to);
    }

    /** Personal data: never in a log. */
    @Override
    public String toString() {
        return "LoginId[redacted]";
    }
}
