package org.descope4j.emulator;

/** Addresses as answers show them, so that they can be recognised and not learnt. */
final class Mask {
    private static final int SHOWN_DIGITS = 2;

    private Mask() {}

    static String ofEmail(String address) {
        return address.isEmpty() ? "" : address.charAt(0) + "***" + address.substring(address.lastIndexOf('@'));
    }

    static String ofPhone(String address) {
        int shown = Math.min(SHOWN_DIGITS, address.length());
        String hidden = "*".repeat(Math.max(0, address.length() - 2 * shown));
        return address.substring(0, shown) + hidden + address.substring(address.length() - shown);
    }
}
