package org.descope4j.emulator;

import java.security.SecureRandom;
import java.util.Base64;

/** Random identifiers and secrets. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 28;
    private static final int SECRET_BYTES = 32;

    private RandomText() {}

    /** An identifier in the form of Descope's: 28 characters that begin with the prefix of its kind. */
    static String id(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        while (id.length() < ID_LENGTH) {
            id.append(LETTERS_AND_DIGITS.charAt(RANDOM.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return id.toString();
    }

    /** 256 random bits that need no escaping in a URL. */
    static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
