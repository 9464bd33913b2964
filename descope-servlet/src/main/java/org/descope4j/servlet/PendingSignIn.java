package org.descope4j.servlet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.descope4j.DeliveryMethod;

/**
 * A link that was asked for: by which browser, for whom, and where to go afterwards. It travels sealed, in the link (e-mail) and
 * in the cookie of the browser that asked.
 *
 * @param browser what only the asking browser's cookie holds, or a digest of it where this travels in the link
 * @param link the link's own mark where the link is too short to hold all this (SMS), else empty
 * @param deliveryMethod how the link was sent
 * @param loginId to whom
 * @param returnTo where to go after sign-in; empty for the default page
 * @param expiresAt when this means nothing any more; not the link's own lifetime, which is Descope's
 */
record PendingSignIn(
        String browser,
        String link,
        DeliveryMethod deliveryMethod,
        LoginId loginId,
        String returnTo,
        Instant expiresAt) {
    private static final int VERSION = 2;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(browser);
            out.writeUTF(link);
            out.writeUTF(deliveryMethod.pathSegment());
            out.writeUTF(loginId.value());
            out.writeUTF(returnTo);
            out.writeInt((int) expiresAt.getEpochSecond());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes()} wrote; empty where a later version of this library wrote something else. */
    static Optional<PendingSignIn> fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? read(in) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<PendingSignIn> read(DataInputStream in) throws IOException {
        String browser = in.readUTF();
        String link = in.readUTF();
        Optional<DeliveryMethod> deliveryMethod = DeliveryMethod.find(in.readUTF());
        LoginId loginId = new LoginId(in.readUTF());
        String returnTo = in.readUTF();
        Instant expiresAt = Instant.ofEpochSecond(Integer.toUnsignedLong(in.readInt()));
        return deliveryMethod.map(method -> new PendingSignIn(browser, link, method, loginId, returnTo, expiresAt));
    }

    PendingSignIn withBrowser(String other) {
        return new PendingSignIn(other, link, deliveryMethod, loginId, returnTo, expiresAt);
    }

    PendingSignIn withoutReturnTo() {
        return new PendingSignIn(browser, link, deliveryMethod, loginId, "", expiresAt);
    }

    /** Personal data: never in a log. */
    @Override
    public String toString() {
        return "PendingSignIn[" + deliveryMethod + "]";
    }
}
