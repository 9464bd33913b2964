package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes text that only holders of the application's secret can read or make: AES-256-GCM for what must come back, HMAC-SHA-256
 * for what must only be recognised. Each purpose has keys of its own, so that nothing sealed for one is accepted for another.
 * The first secret seals, all of them open, so that secrets can be rotated. Immutable and thread-safe.
 */
final class Seal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<SecretKey> encryptionKeys;
    private final List<SecretKey> macKeys;
    private final SecureRandom random = new SecureRandom();

    private Seal(List<SecretKey> encryptionKeys, List<SecretKey> macKeys) {
        this.encryptionKeys = encryptionKeys;
        this.macKeys = macKeys;
    }

    /**
     * @param secrets at least one; the first seals
     * @param purpose what the sealed text is for, part of its keys
     */
    static Seal of(List<String> secrets, String purpose) {
        return new Seal(
                secrets.stream()
                        .map(secret -> derived(secret, purpose + " AES-256-GCM", "AES"))
                        .toList(),
                secrets.stream()
                        .map(secret -> derived(secret, purpose + " HMAC", "HmacSHA256"))
                        .toList());
    }

    /** Encrypts and authenticates. */
    String seal(byte[] plain) {
        byte[] nonce = randomBytes(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, encryptionKeys.get(0), nonce);
            byte[] sealed = ByteBuffer.allocate(NONCE_BYTES + plain.length + TAG_BITS / 8)
                    .put(nonce)
                    .put(cipher.doFinal(plain))
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is required of every Java platform", e);
        }
    }

    /** What was sealed; empty for anything else. */
    Optional<byte[]> open(String sealed) {
        byte[] bytes = decoded(sealed);
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
            return Optional.empty();
        }
        return encryptionKeys.stream()
                .flatMap(key -> opened(bytes, key).stream())
                .findFirst();
    }

    /** A tag over the content, by the first secret. */
    byte[] tag(byte[] content, int length) {
        return Arrays.copyOf(mac(macKeys.get(0), content), length);
    }

    /** Whether one of the secrets made this tag, of exactly this length; takes the same time for every wrong one. */
    boolean isTagOf(byte[] content, byte[] tag, int length) {
        boolean found = false;
        for (SecretKey key : macKeys) {
            found |= MessageDigest.isEqual(Arrays.copyOf(mac(key, content), length), tag);
        }
        return found;
    }

    byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Optional<byte[]> opened(byte[] sealed, SecretKey key) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES));
            return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            // made with another secret, or not by us
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static SecretKey derived(String secret, String label, String algorithm) {
        byte[] key =
                mac(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"), ("descope4j " + label).getBytes(UTF_8));
        return new SecretKeySpec(key, algorithm);
    }

    private static byte[] mac(SecretKey key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is required of every Java platform", e);
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
