package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One rule for all POSTs to our own paths: Sec-Fetch-Site, then Origin, may refuse; and always a signed pair is needed, a random
 * cookie and the form field that only we can make for it. A planted cookie is of no use without the field. Thread-safe.
 */
final class Csrf {
    /** The form field, and the request attribute that hands its value to an application's own pages. */
    static final String FIELD = "_descope_csrf";

    private static final int COOKIE_BYTES = 16;
    private static final int TAG_BYTES = 32;

    private final Seal seal;
    private final SessionCookies cookies;
    private final PublicUrl publicUrl;

    Csrf(ApplicationSeals seals, SessionCookies cookies, PublicUrl publicUrl) {
        this.seal = seals.forPurpose("csrf");
        this.cookies = cookies;
        this.publicUrl = publicUrl;
    }

    /** The field's value for this browser; gives it a cookie if it has none. To be asked before the response is committed. */
    String fieldFor(HttpServletRequest request, HttpServletResponse response) {
        return fieldOf(cookieFor(request, response));
    }

    /** The cookie's value for this browser; gives it one if it has none. */
    String cookieFor(HttpServletRequest request, HttpServletResponse response) {
        List<String> known = cookies.csrf(request);
        if (!known.isEmpty()) {
            return known.get(0);
        }
        Optional<String> written = cookies.written(request, SessionCookies.CSRF);
        if (written.isPresent()) {
            return written.get();
        }
        String fresh = encode(seal.randomBytes(COOKIE_BYTES));
        cookies.writeCsrf(request, response, fresh);
        return fresh;
    }

    /** A planted cookie beside ours takes nothing away from the pair that is ours. */
    boolean allows(HttpServletRequest request) {
        String[] fields = request.getParameterValues(FIELD);
        return SameOrigin.allowsPost(request, publicUrl.origin(request))
                && fields != null
                && fields.length == 1
                && cookies.csrf(request).stream().anyMatch(cookie -> isFieldOf(cookie, fields[0]));
    }

    /**
     * The same for a form that is always the same, a file, which can hold no field of ours: a browser that says itself that the form is
     * this origin's own. A page of another site cannot make it say so; a browser that says nothing is refused (Fetch Metadata).
     */
    boolean allowsWithoutField(HttpServletRequest request) {
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site")) && request.getParameterValues(FIELD) == null;
    }

    private String fieldOf(String cookie) {
        return encode(seal.tag(cookie.getBytes(US_ASCII), TAG_BYTES));
    }

    private boolean isFieldOf(String cookie, String field) {
        try {
            return seal.isTagOf(
                    cookie.getBytes(US_ASCII), Base64.getUrlDecoder().decode(field), TAG_BYTES);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
