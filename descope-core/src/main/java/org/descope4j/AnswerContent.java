package org.descope4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes UTF-8 of the body of an answer, whatever its headers call it. Descope's own clients read what comes as JSON; an answer to a link may be
 * thrown away for what it is only where it would be read wrongly, since its link works once. So a missing, malformed or general
 * {@code Content-Type} costs nothing, its charset is respected, and a body that is compressed unasked is unpacked. A page of HTML is of somebody
 * else, such as a hotel's network.
 */
final class AnswerContent {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private AnswerContent() {}

    /**
     * The text of a body as UTF-8.
     *
     * @param contentType as the header says it; null for none
     * @return without bytes where there is no body; empty for a page, and for a charset that is unknown here or that the bytes are not of
     */
    static Optional<byte[]> utf8(@Nullable String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        if (body.length == 0) {
            return Optional.of(body);
        }
        if (type.startsWith("text/html") || type.startsWith("application/xhtml")) {
            return Optional.empty();
        }
        Matcher charset = CHARSET.matcher(type);
        return charset.find() ? recoded(body, charset.group(1)) : Optional.of(body);
    }

    private static Optional<byte[]> recoded(byte[] body, String charset) {
        try {
            Charset named = Charset.forName(charset);
            return named.equals(UTF_8)
                    ? Optional.of(body)
                    : Optional.of(named.newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString()
                            .getBytes(UTF_8));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether a header says that its answer is Descope's kind. */
    static boolean isNamedJson(@Nullable String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    /**
     * A body that its first two bytes say is compressed by gzip (RFC 1952, section 2.3.1), unpacked; any other as it is. JSON never begins so.
     *
     * @throws IOException if it is larger than that, or damaged
     */
    static byte[] unpacked(byte[] body, int largest) throws IOException {
        boolean isPacked = body.length > 2 && (body[0] & 0xff) == GZIP_FIRST && (body[1] & 0xff) == GZIP_SECOND;
        return isPacked ? read(new GZIPInputStream(new ByteArrayInputStream(body)), largest) : body;
    }

    /**
     * All that comes, and closes it.
     *
     * @throws IOException if it is larger than that
     */
    static byte[] read(InputStream body, int largest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try (InputStream in = body) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                bytes.write(chunk, 0, length);
                if (bytes.size() > largest) {
                    throw new IOException("answer larger than " + largest + " bytes");
                }
            }
        }
        return bytes.toByteArray();
    }
}
