package org.descope4j.servlet;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the session filter found out about a request. It is kept as a request attribute, so that every dispatch of the request and
 * every injected proxy sees the same; but not another application that the request is forwarded to (N4).
 */
final class RequestIdentity {
    static final RequestIdentity ANONYMOUS = new RequestIdentity(Kind.ANONYMOUS, null, false);
    /** Nobody is signed in: no cookie of a session came, nor any other credential. */
    static final RequestIdentity WITHOUT_COOKIES = new RequestIdentity(Kind.ANONYMOUS, null, false);
    /** Nobody is signed in, although somebody showed a credential of their own. */
    static final RequestIdentity BEARER_REFUSED = new RequestIdentity(Kind.ANONYMOUS, null, false);

    /** A session that Descope does not confirm, or cannot, where it is to be asked each time; elsewhere it may be good. */
    static final RequestIdentity UNCONFIRMED = new RequestIdentity(Kind.ANONYMOUS, null, false);

    /** A prefetch that would need a refresh: who sends it is found out when a person goes there. */
    static final RequestIdentity NOT_ASKED = new RequestIdentity(Kind.CANNOT_TELL, null, false);

    static final RequestIdentity CANNOT_TELL = new RequestIdentity(Kind.CANNOT_TELL, null, false);

    /** The same, for longer than a minute. */
    static final RequestIdentity CANNOT_TELL_FOR_LONG = new RequestIdentity(Kind.CANNOT_TELL, null, false);

    private static final String ATTRIBUTE = RequestIdentity.class.getName();

    /** Signed in, not signed in, or nobody knows at present. */
    enum Kind {
        SIGNED_IN,
        ANONYMOUS,
        CANNOT_TELL
    }

    private final Kind kind;
    private final @Nullable DescopePrincipal principal;
    private final boolean byCookie;

    private RequestIdentity(Kind kind, @Nullable DescopePrincipal principal, boolean byCookie) {
        this.kind = kind;
        this.principal = principal;
        this.byCookie = byCookie;
    }

    static RequestIdentity byCookie(DescopePrincipal principal) {
        return new RequestIdentity(Kind.SIGNED_IN, principal, true);
    }

    static RequestIdentity byBearer(DescopePrincipal principal) {
        return new RequestIdentity(Kind.SIGNED_IN, principal, false);
    }

    /** What is known of a request; anonymous where the session filter did not see it. */
    static RequestIdentity of(ServletRequest request) {
        return find(request) instanceof RequestIdentity known ? known : ANONYMOUS;
    }

    /** Whether the request came with an {@code Authorization} of its own that is no good. */
    static boolean isBearerRefused(ServletRequest request) {
        return BEARER_REFUSED.equals(find(request));
    }

    static boolean isKnown(ServletRequest request) {
        return find(request) instanceof RequestIdentity;
    }

    void rememberIn(ServletRequest request) {
        request.setAttribute(ApplicationAttribute.of(request, ATTRIBUTE), this);
    }

    private static @Nullable Object find(ServletRequest request) {
        return request.getAttribute(ApplicationAttribute.of(request, ATTRIBUTE));
    }

    boolean isWithoutCookies() {
        return WITHOUT_COOKIES.equals(this);
    }

    /** Whether there is a session that is not enough here. */
    boolean isUnconfirmed() {
        return UNCONFIRMED.equals(this);
    }

    /** Whether nobody could tell for longer than a minute, so that its user is better off with a new sign-in. */
    boolean isUnknownForLong() {
        return CANNOT_TELL_FOR_LONG.equals(this);
    }

    Kind kind() {
        return kind;
    }

    Optional<DescopePrincipal> principal() {
        return Optional.ofNullable(principal);
    }

    boolean isByCookie() {
        return byCookie;
    }
}
