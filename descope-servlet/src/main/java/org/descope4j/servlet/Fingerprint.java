package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A digest that stands for a secret where that must not be kept: who reads the memory of a server learns nothing (C27). */
final class Fingerprint {
    /** 128 bits: nobody finds a second text with the same one. */
    private static final int BYTES = 16;

    private Fingerprint() {}

    /** Of a JWT, or of any other text; made of letters, digits, {@code -} and {@code _}. */
    static String of(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }
}
