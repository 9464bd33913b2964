package org.descope4j.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 digest of the whole text of a token. It stands for the token where that must not be kept: who reads the memory of this
 * process finds nothing to sign in with. Nobody can make two tokens of one digest, so the signature need not be looked at again.
 */
record TokenDigest(long first, long second, long third, long fourth) {

    static TokenDigest of(String token) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
        return new TokenDigest(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    /** Written out, since Java 17 keeps the class loader of the last record whose own it made (JDK-8078641): that of an application. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenDigest digest
                && first == digest.first
                && second == digest.second
                && third == digest.third
                && fourth == digest.fourth;
    }

    /** Any part of a digest is as good as all of it. */
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }
}
