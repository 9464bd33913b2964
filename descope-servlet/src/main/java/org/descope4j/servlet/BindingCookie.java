package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.List;

/**
 * The browser's half of a link that it asked for, in the binding cookie, tied to a second cookie of the same browser: its half of the
 * CSRF pair. A binding that somebody planted, to have their own link redeemed without a click, does not fit to what is there (N6).
 * Immutable and thread-safe.
 */
final class BindingCookie {
    private static final int TAG_BYTES = 16;
    private static final char BETWEEN = '.';

    private final Seal seal;
    private final SessionCookies cookies;
    private final Csrf csrf;

    BindingCookie(Seal seal, SessionCookies cookies, Csrf csrf) {
        this.seal = seal;
        this.cookies = cookies;
        this.csrf = csrf;
    }

    /**
     * What this browser was given when it asked for a link; empty for anything else. Where its other half came twice, nobody can tell which
     * one is this browser's.
     */
    String read(HttpServletRequest request) {
        List<String> others = cookies.csrf(request);
        if (others.size() != 1) {
            return "";
        }
        List<String> fitting = cookies.values(request, SessionCookies.BINDING).stream()
                .filter(value -> fits(value, others.get(0)))
                .toList();
        return fitting.size() == 1 ? bindingIn(fitting.get(0)) : "";
    }

    /** Writes it, and the other half so that it lives as long. */
    void write(HttpServletRequest request, HttpServletResponse response, String binding) {
        String other = csrf.cookieFor(request, response);
        byte[] tag = seal.tag(content(binding, other), TAG_BYTES);
        String value =
                binding + BETWEEN + Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        cookies.writeBinding(request, response, value, other);
    }

    /** The link was used; the other half lives as long as the browser is open again. */
    void forget(HttpServletRequest request, HttpServletResponse response) {
        cookies.clear(request, response, SessionCookies.BINDING);
        List<String> others = cookies.csrf(request);
        if (others.size() == 1) {
            cookies.writeCsrf(request, response, others.get(0));
        }
    }

    private boolean fits(String value, String other) {
        try {
            byte[] tag = Base64.getUrlDecoder().decode(value.substring(value.lastIndexOf(BETWEEN) + 1));
            return seal.isTagOf(content(bindingIn(value), other), tag, TAG_BYTES);
        } catch (IllegalArgumentException e) {
            // nothing that we wrote
            return false;
        }
    }

    private static String bindingIn(String value) {
        return value.substring(0, Math.max(value.lastIndexOf(BETWEEN), 0));
    }

    private static byte[] content(String binding, String other) {
        return (binding + BETWEEN + other).getBytes(US_ASCII);
    }
}
