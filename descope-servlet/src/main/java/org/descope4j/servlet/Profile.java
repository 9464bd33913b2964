package org.descope4j.servlet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.descope4j.User;

/**
 * What to call the signed-in user. Session JWTs do not say it, and asking Descope at each request would be slow; so it travels
 * sealed in a cookie, and means nothing beside a session of another subject. It decides nothing.
 *
 * @param subject the session's subject it belongs to
 * @param loginId what the user signed in with; empty if unknown
 * @param name what Descope calls the user; empty if unknown
 */
record Profile(String subject, String loginId, String name) {
    private static final int VERSION = 1;
    /** So that a long name never breaks a sign-in: a cookie holds 4,096 characters. */
    private static final int LONGEST_NAME = 200;

    static Profile unknown(String subject) {
        return new Profile(subject, "", "");
    }

    /** Of a user as Descope described them. */
    static Profile of(String subject, User user, String loginId) {
        String name = user.name().orElse("");
        return new Profile(subject, loginId, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(subject);
            out.writeUTF(loginId);
            out.writeUTF(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Optional<Profile> fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            return Optional.of(new Profile(in.readUTF(), in.readUTF(), in.readUTF()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Personal data: never in a log. */
    @Override
    public String toString() {
        return "Profile[redacted]";
    }
}
