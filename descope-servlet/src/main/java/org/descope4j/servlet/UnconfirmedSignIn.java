package org.descope4j.servlet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.descope4j.Tokens;

/**
 * A redeemed link whose user has not said yet that it is theirs. It travels sealed, in a field of the page that asks; no cookie and no
 * store holds it. Immutable.
 *
 * @param browser what only the asking browser's cookies hold
 * @param until when it is too late to say yes
 * @param tokens the JWTs, judged once
 * @param isFirst whether Descope made the account just now
 * @param loginId whose link it is
 * @param returnTo where to go afterwards; empty for the default page
 */
record UnconfirmedSignIn(
        String browser, Instant until, Tokens tokens, boolean isFirst, String loginId, String returnTo) {
    private static final int VERSION = 1;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(browser);
            out.writeLong(until.getEpochSecond());
            out.writeUTF(tokens.sessionJwt());
            out.writeUTF(tokens.refreshJwt());
            out.writeBoolean(isFirst);
            out.writeUTF(loginId);
            out.writeUTF(returnTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes()} wrote; empty where a later version of this library wrote something else. */
    static Optional<UnconfirmedSignIn> fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? Optional.of(read(in)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static UnconfirmedSignIn read(DataInputStream in) throws IOException {
        String browser = in.readUTF();
        Instant until = Instant.ofEpochSecond(in.readLong());
        Tokens tokens = new Tokens(in.readUTF(), in.readUTF());
        return new UnconfirmedSignIn(browser, until, tokens, in.readBoolean(), in.readUTF(), in.readUTF());
    }

    /** Holds secrets and personal data: never in a log. */
    @Override
    public String toString() {
        return "UnconfirmedSignIn[redacted]";
    }
}
