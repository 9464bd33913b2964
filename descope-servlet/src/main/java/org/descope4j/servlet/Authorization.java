package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code Authorization} of a request says (C6). Where it names Bearer or DPoP, in whatever form, it decides alone: a form that
 * is not the one of RFC 6750 is refused, and no cookie is looked at. Other schemes are somebody else's. Immutable.
 *
 * @param token the Bearer token, else empty
 */
record Authorization(Kind kind, String token) {
    enum Kind {
        BEARER,
        REFUSED,
        NOT_OURS
    }

    private static final Authorization REFUSED = new Authorization(Kind.REFUSED, "");
    private static final Authorization NOT_OURS = new Authorization(Kind.NOT_OURS, "");

    /** RFC 6750 section 2.1, with one blank, as every client writes it. What is a token, the validator says. */
    private static final Pattern BEARER = Pattern.compile("Bearer ([^\\s,]+)", Pattern.CASE_INSENSITIVE);

    /** In front of the header or of a member of a list, whatever is there before it; the characters of a name are RFC 9110's. */
    private static final Pattern NAMES_OURS = Pattern.compile(
            "(?:^|,)[^!#$%&'*+.^_`|~0-9A-Za-z,-]*(?:Bearer|DPoP)(?![!#$%&'*+.^_`|~0-9A-Za-z-])",
            Pattern.CASE_INSENSITIVE);

    static Authorization of(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.isEmpty()) {
            return NOT_OURS;
        }
        if (headers.size() > 1) {
            return REFUSED;
        }
        String header = headers.get(0).strip();
        Matcher bearer = BEARER.matcher(header);
        if (bearer.matches()) {
            return new Authorization(Kind.BEARER, bearer.group(1));
        }
        return NAMES_OURS.matcher(header).find() ? REFUSED : NOT_OURS;
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "Authorization[" + kind + "]";
    }
}
