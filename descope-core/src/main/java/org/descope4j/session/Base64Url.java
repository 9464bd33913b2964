package org.descope4j.session;

import java.util.Base64;

/** Base64url without padding (RFC 7515, section 2), in its one canonical form. */
final class Base64Url {

    private Base64Url() {}

    /**
     * Decodes a text.
     *
     * @throws IllegalArgumentException if it is empty, padded, holds another character, has an impossible length, or
     *     sets bits that mean nothing
     */
    static byte[] decode(byte[] text) {
        int length = text.length;
        if (length == 0 || text[length - 1] == '=' || unusedBits(text[length - 1], length) != 0) {
            throw new IllegalArgumentException("not canonical base64url");
        }
        return Base64.getUrlDecoder().decode(text);
    }

    private static int unusedBits(byte last, int length) {
        return switch (length % 4) {
            case 2 -> value(last) & 0b1111;
            case 3 -> value(last) & 0b11;
            default -> 0;
        };
    }

    private static int value(byte c) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(c);
    }
}
