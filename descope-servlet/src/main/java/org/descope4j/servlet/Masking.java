package org.descope4j.servlet;

import java.util.regex.Pattern;

/**
 * Masks a login ID so that its owner recognises it and nobody else learns it: {@code a***@e***.com}, {@code +49*******78}.
 * What is neither an e-mail address nor a phone number keeps its first character. No input is refused.
 */
final class Masking {

    private static final String HIDDEN = "***";
    private static final Pattern PHONE_PUNCTUATION = Pattern.compile("[ ().-]");
    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{7,15}");
    private static final Pattern TOP_LEVEL_DOMAIN = Pattern.compile("\\.[A-Za-z0-9-]{2,24}");

    private Masking() {}

    static String mask(String loginId) {
        String trimmed = loginId.strip();
        int at = trimmed.lastIndexOf('@');
        if (at > 0 && at < trimmed.length() - 1) {
            return firstCharacter(trimmed) + HIDDEN + "@" + maskDomain(trimmed.substring(at + 1));
        }
        String phone = PHONE_PUNCTUATION.matcher(trimmed).replaceAll("");
        if (PHONE.matcher(phone).matches()) {
            return maskPhone(phone);
        }
        return firstCharacter(trimmed) + HIDDEN;
    }

    private static String maskDomain(String domain) {
        int dot = domain.lastIndexOf('.');
        String ending = dot > 0 ? domain.substring(dot) : "";
        return firstCharacter(domain)
                + HIDDEN
                + (TOP_LEVEL_DOMAIN.matcher(ending).matches() ? ending : "");
    }

    private static String maskPhone(String phone) {
        return phone.substring(0, 3) + "*".repeat(phone.length() - 5) + phone.substring(phone.length() - 2);
    }

    private static String firstCharacter(String text) {
        return text.isEmpty() ? "" : Character.toString(text.codePointAt(0));
    }
}
