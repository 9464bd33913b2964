package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may hand in, checked before anything is sent. Core is no stricter than what would break a request: a login ID may be a
 * user name, and what is an e-mail address is for the mail system to say.
 */
final class Arguments {
    /** 64 characters before the @ and 255 after it (RFC 5321 section 4.5.3.1). */
    private static final int LONGEST_LOGIN_ID = 320;

    private static final int MOST_NESTED = 32;
    private static final Pattern LINK_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/=]{1,2048}");
    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16384}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]++@[^@\\s]++");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ().-]{4,32}");

    private Arguments() {}

    static String loginId(String loginId) {
        requireNonNull(loginId, "loginId");
        if (loginId.isBlank() || loginId.length() > LONGEST_LOGIN_ID || hasControlCharacters(loginId)) {
            throw refused(
                    "a login ID",
                    "1 to " + LONGEST_LOGIN_ID + " characters, not blank and without control characters, got "
                            + loginId.length() + " characters");
        }
        return loginId;
    }

    static String email(String email) {
        requireNonNull(email, "email");
        if (email.length() > LONGEST_LOGIN_ID
                || hasControlCharacters(email)
                || !EMAIL.matcher(email).matches()) {
            throw refused(
                    "an e-mail address",
                    "something before and after one @, without spaces, at most " + LONGEST_LOGIN_ID + " characters");
        }
        return email;
    }

    static String phone(String phone) {
        if (!PHONE.matcher(requireNonNull(phone, "phone")).matches()
                || phone.chars().noneMatch(Character::isDigit)) {
            throw refused("a phone number", "a plus, the country code and digits, such as +4915112345678");
        }
        return phone;
    }

    static URI redirectUri(URI redirectUri) {
        requireNonNull(redirectUri, "redirectUri");
        if (!redirectUri.isAbsolute()
                || redirectUri.getHost() == null
                || redirectUri.getRawUserInfo() != null
                || redirectUri.getRawFragment() != null) {
            throw refused(
                    "a redirect URI",
                    "an absolute URL with a host, without user info and fragment, such as"
                            + " https://app.example.com/auth/verify");
        }
        return redirectUri;
    }

    static String linkToken(String linkToken) {
        if (!LINK_TOKEN.matcher(requireNonNull(linkToken, "linkToken")).matches()) {
            throw refused(
                    "a link token",
                    "1 to 2048 characters of A-Z a-z 0-9 - . _ ~ + / =, as the query parameter t" + " brings them");
        }
        return linkToken;
    }

    /** What stands behind {@code Bearer}: a colon or a line break in it would make it another credential (K11). */
    static String credential(String jwtOrKey) {
        if (!KEY.matcher(requireNonNull(jwtOrKey, "jwtOrKey")).matches()) {
            throw refused("a JWT or key", "base64url characters and dots only");
        }
        return jwtOrKey;
    }

    static String jwt(String jwt) {
        if (!JWT.matcher(requireNonNull(jwt, "jwt")).matches()) {
            throw refused("a JWT", "base64url characters and dots only");
        }
        return jwt;
    }

    /** An access key, or one of the project's keys; K11 as above. The message must not show it. */
    static String key(String name, String key) {
        if (!KEY.matcher(requireNonNull(key, name)).matches()) {
            throw refused(
                    "a valid " + name, "1 to 16384 letters, digits and . _ ~ + / = -, as the Descope console shows it");
        }
        return key;
    }

    static String text(String name, String text) {
        if (requireNonNull(text, name).isBlank()) {
            throw refused("a valid " + name, "a text that is not blank; leave it out where there is none");
        }
        return text;
    }

    /** A deep copy of what can be written as JSON. */
    static Map<String, Object> claims(String name, Map<String, ?> claims) {
        return members(name, requireNonNull(claims, name), MOST_NESTED);
    }

    private static Map<String, Object> members(String name, Map<?, ?> members, int nesting) {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw refused("a claim (" + name + ")", "texts as names of claims");
            }
            Object copied = value(name + "." + text, value, nesting);
            if (copied != null) {
                copy.put(text, copied);
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object value(String name, @Nullable Object value, int nesting) {
        if (nesting == 0) {
            throw refused("a claim (" + name + ")", "at most " + MOST_NESTED + " levels of lists and maps");
        }
        if (value == null || value instanceof String || value instanceof Boolean || isExactNumber(value)) {
            return value;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : list) {
                copy.add(value(name, element, nesting - 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            return members(name, map, nesting - 1);
        }
        throw refused(
                "a claim (" + name + ")",
                "a text, a finite number, a boolean, a list or a map with texts as keys, got "
                        + value.getClass().getName());
    }

    private static boolean isExactNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || (value instanceof Double number && Double.isFinite(number))
                || (value instanceof Float number2 && Float.isFinite(number2));
    }

    private static boolean hasControlCharacters(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static IllegalArgumentException refused(String what, String expected) {
        return new IllegalArgumentException("Not " + what + ": expected " + expected + "; nothing was sent to Descope");
    }
}
