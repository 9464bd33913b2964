package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.descope4j.User;

/**
 * What a session JWT does not say about the signed-in user: what to call them, and what the application decided when they signed in.
 * Asking at each request would be slow; so it travels sealed in a cookie. It means nothing beside a session of another subject, and
 * the application's decision nothing beside another refresh JWT: an earlier, kinder one cannot be put back.
 *
 * @param subject the session's subject it belongs to
 * @param refreshMark a digest of the refresh JWT it belongs to
 * @param sessionMark a digest of the session JWT that was written with it; empty for none
 * @param signInId of the sign-in that the session goes back to, the same in all its refreshes; empty if unknown
 * @param loginId what the user signed in with; empty if unknown
 * @param name what Descope calls the user; empty if unknown
 * @param account the application's own name of the user; empty for none
 * @param roles the roles that the application added
 * @param signedInAt when the user proved who they are, which a refresh does not
 */
record Profile(
        String subject,
        String refreshMark,
        String sessionMark,
        String signInId,
        String loginId,
        String name,
        String account,
        Set<String> roles,
        Instant signedInAt) {
    private static final int VERSION = 5;
    /** So that a long name never breaks a sign-in: a cookie holds 4,096 characters. */
    private static final int LONGEST_NAME = 200;

    Profile {
        roles = Set.copyOf(roles);
    }

    static Profile unknown(String subject) {
        return new Profile(subject, "", "", "", "", "", "", Set.of(), Instant.EPOCH);
    }

    /** Of a user as Descope described them, and nothing decided. */
    static Profile of(
            String subject, String refreshJwt, String signInId, User user, String loginId, Instant signedInAt) {
        String name = user.name().orElse("");
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return new Profile(subject, Fingerprint.of(refreshJwt), "", signInId, loginId, cut, "", Set.of(), signedInAt);
    }

    Profile with(String decidedAccount, Set<String> decidedRoles) {
        return new Profile(
                subject, refreshMark, sessionMark, signInId, loginId, name, decidedAccount, decidedRoles, signedInAt);
    }

    /** Of the session JWT whose cookie is written beside it. */
    Profile writtenWith(String sessionJwt) {
        return new Profile(
                subject, refreshMark, Fingerprint.of(sessionJwt), signInId, loginId, name, account, roles, signedInAt);
    }

    boolean wasWrittenWith(String sessionJwt) {
        return MessageDigest.isEqual(Fingerprint.of(sessionJwt).getBytes(US_ASCII), sessionMark.getBytes(US_ASCII));
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(subject);
            out.writeUTF(refreshMark);
            out.writeUTF(sessionMark);
            out.writeUTF(signInId);
            out.writeUTF(loginId);
            out.writeUTF(name);
            out.writeUTF(account);
            out.writeShort(roles.size());
            for (String role : new TreeSet<>(roles)) {
                out.writeUTF(role);
            }
            out.writeLong(signedInAt.getEpochSecond());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Optional<Profile> fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? Optional.of(read(in)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Profile read(DataInputStream in) throws IOException {
        String subject = in.readUTF();
        String refreshMark = in.readUTF();
        String sessionMark = in.readUTF();
        String signInId = in.readUTF();
        String loginId = in.readUTF();
        String name = in.readUTF();
        String account = in.readUTF();
        Set<String> roles = new TreeSet<>();
        for (int remaining = in.readUnsignedShort(); remaining > 0; remaining--) {
            roles.add(in.readUTF());
        }
        Instant signedInAt = Instant.ofEpochSecond(in.readLong());
        return new Profile(subject, refreshMark, sessionMark, signInId, loginId, name, account, roles, signedInAt);
    }

    /** Personal data: never in a log. */
    @Override
    public String toString() {
        return "Profile[redacted]";
    }
}
