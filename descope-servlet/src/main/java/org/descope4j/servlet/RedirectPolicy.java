package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The only class that chooses where a browser goes after sign-in and sign-out: a path inside this application (or, by a setting, this
 * host), written so that no browser and no server reads it as anything else, or the default page. Immutable.
 *
 * <p>"Starts with one slash" is not enough: servers rewrite {@code /.//host}, browsers read a backslash as a slash, and proxies
 * decode escapes. So a return-to is refused if it means something else after any of six decodings.
 */
final class RedirectPolicy {
    private static final int LONGEST = 2048;
    private static final int DECODINGS = 6;
    /** RFC 3986 section 3.3: path characters, then query and fragment. */
    private static final Pattern PATH_QUERY_FRAGMENT = Pattern.compile("(?<path>/[A-Za-z0-9\\-._~!$&'()*+,;=:@%/]*)"
            + "(\\?[A-Za-z0-9\\-._~!$&'()*+,;=:@%/?]*)?"
            + "(#[A-Za-z0-9\\-._~!$&'()*+,;=:@%/?]*)?");

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    /** How far a return-to may lead. */
    enum Reach {
        /** To pages of this application. */
        APPLICATION,
        /** To other applications of the same host too. */
        HOST
    }

    private final String contextPath;
    private final Reach reach;
    private final String defaultPage;
    private final AuthPaths paths;

    /**
     * @param contextPath as the container gives it: empty or starting with a slash
     * @param paths where nobody returns to
     */
    RedirectPolicy(String contextPath, AuthPaths paths, Reach reach) {
        this.paths = paths;
        this.contextPath = contextPath;
        this.reach = reach;
        this.defaultPage = contextPath + "/";
    }

    /** Where to go without a return-to: the application's root. */
    String defaultPage() {
        return defaultPage;
    }

    /** The return-to if it is acceptable, else the default page; the input is never echoed otherwise. */
    String target(@Nullable String returnTo) {
        return returnTo != null && isAcceptable(returnTo) ? returnTo : defaultPage;
    }

    /** Whether a return-to is worth keeping: acceptable, and not the default page anyway. */
    boolean isDeepLink(@Nullable String returnTo) {
        return returnTo != null && !returnTo.equals(defaultPage) && isAcceptable(returnTo);
    }

    private boolean isAcceptable(String returnTo) {
        if (returnTo.length() > LONGEST || BROKEN_ESCAPE.matcher(returnTo).find()) {
            return false;
        }
        var matcher = PATH_QUERY_FRAGMENT.matcher(returnTo);
        if (!matcher.matches()) {
            return false;
        }
        String path = matcher.group("path");
        return staysInside(path);
    }

    private boolean staysInside(String path) {
        String decoded = path;
        for (int i = 0; i <= DECODINGS; i++) {
            if (isTricky(decoded) || !isWithinReach(decoded) || isNoTarget(decoded)) {
                return false;
            }
            String next = decode(decoded);
            if (next == null) {
                return false;
            }
            if (next.equals(decoded)) {
                return true;
            }
            decoded = next;
        }
        return false;
    }

    private boolean isWithinReach(String path) {
        return reach == Reach.HOST || path.startsWith(contextPath + "/");
    }

    /** As a container maps it: without parameters, and with one slash where there are more. */
    private boolean isNoTarget(String path) {
        String plain = PARAMETERS.matcher(path).replaceAll("");
        String mapped = SLASHES.matcher(plain).replaceAll("/");
        return mapped.startsWith(contextPath) && paths.isNoTarget(mapped.substring(contextPath.length()));
    }

    private static boolean isTricky(String path) {
        return path.startsWith("//")
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)
                || path.toLowerCase(Locale.ROOT).contains(";jsessionid=")
                || Arrays.stream(path.split("/", -1)).anyMatch(RedirectPolicy::isDotSegment);
    }

    /** {@code .} and {@code ..}, also with a path parameter behind them, which servers strip. */
    private static boolean isDotSegment(String segment) {
        int parameters = segment.indexOf(';');
        String name = parameters < 0 ? segment : segment.substring(0, parameters);
        return name.equals(".") || name.equals("..");
    }

    /** One percent-decoding; null where the escapes are no UTF-8. */
    private static @Nullable String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                bytes.put((byte) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
                continue;
            }
            bytes.put(String.valueOf(text.charAt(i)).getBytes(UTF_8));
        }
        CharsetDecoder strict = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        try {
            return strict.decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isEscape(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && text.charAt(at + 1) < 0x7f
                && text.charAt(at + 2) < 0x7f;
    }
}
