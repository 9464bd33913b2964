package org.descope4j.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A compact JWS (RFC 7515, section 7.1) taken apart strictly; nothing in it is verified.
 *
 * <p>There is exactly one text for one token: no whitespace, no padding, no unused bits set, so that whatever is keyed
 * by the text cannot be evaded.
 */
final class CompactToken {

    private static final int MAX_LENGTH = 16384;

    private final JsonMembers header;
    private final JsonMembers claims;
    private final byte[] text;
    private final int signingInputLength;
    private final byte[] signature;

    private CompactToken(byte[] text, int firstDot, int secondDot, StrictJson json) {
        this.text = text;
        signingInputLength = secondDot;
        header = object(json, "header", decoded(text, 0, firstDot));
        claims = object(json, "payload", decoded(text, firstDot + 1, secondDot));
        signature = decoded(text, secondDot + 1, text.length);
    }

    /**
     * Takes a token apart. The length is looked at first, then every character, and only then is anything decoded.
     *
     * @throws InvalidSessionException if it has any other form
     */
    static CompactToken parse(String token, StrictJson json) {
        requireLength(token);
        int length = token.length();
        int firstDot = -1;
        int secondDot = -1;
        for (int i = 0; i < length; i++) {
            char c = token.charAt(i);
            if (c == '.') {
                if (secondDot >= 0) {
                    throw InvalidSessionException.malformed("more than three segments");
                }
                if (firstDot < 0) {
                    firstDot = i;
                } else {
                    secondDot = i;
                }
            } else if (!isBase64Url(c)) {
                throw InvalidSessionException.malformed("a character that is neither base64url nor a dot");
            }
        }
        if (secondDot < 0) {
            throw InvalidSessionException.malformed("fewer than three segments");
        }
        return new CompactToken(token.getBytes(StandardCharsets.US_ASCII), firstDot, secondDot, json);
    }

    /**
     * Looks at the length before anybody reads the text.
     *
     * @throws InvalidSessionException if it is more than 16384 characters
     */
    static void requireLength(String token) {
        if (token.length() > MAX_LENGTH) {
            throw InvalidSessionException.malformed("a text of more than " + MAX_LENGTH + " characters");
        }
    }

    JsonMembers header() {
        return header;
    }

    JsonMembers claims() {
        return claims;
    }

    /** The bytes that are signed: the first {@link #signingInputLength} of these. */
    byte[] text() {
        return text;
    }

    int signingInputLength() {
        return signingInputLength;
    }

    byte[] signature() {
        return signature;
    }

    private static boolean isBase64Url(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static JsonMembers object(StrictJson json, String segment, byte[] utf8) {
        try {
            return json.object(utf8);
        } catch (NotStrictJsonException e) {
            throw InvalidSessionException.malformed("a " + segment + " with " + e.whatCame());
        }
    }

    private static byte[] decoded(byte[] text, int from, int to) {
        try {
            return Base64Url.decode(Arrays.copyOfRange(text, from, to));
        } catch (IllegalArgumentException e) {
            throw InvalidSessionException.malformed("a segment that is empty or not canonical base64url");
        }
    }
}
