package org.descope4j;

import static java.util.Objects.requireNonNull;

/**
 * Descope understood the request and refused it: a link that was used or is past its time, a user who does not exist, a
 * session that was logged out. The same request will be refused again.
 */
public final class RefusedByDescopeException extends DescopeException {
    private static final long serialVersionUID = 1L;

    /** The user exists already: answer to a sign-up ({@value}). */
    public static final String USER_ALREADY_EXISTS = "E062107";
    /** No such user: answer to a sign-in ({@value}). */
    public static final String USER_NOT_FOUND = "E062108";
    /** The e-mail address or phone number belongs to somebody else: answer to an update ({@value}). */
    public static final String UPDATE_CONFLICT = "E062125";
    /** The access key is unknown, expired or disabled ({@value}). */
    public static final String ACCESS_KEY_INVALID = "E062803";
    /** A JWT or link token that is not acceptable to Descope ({@value}). */
    public static final String TOKEN_INVALID = "E061005";
    /** The session was logged out: sign in again ({@value}). */
    public static final String LOGGED_OUT = "E064001";
    /** The request itself cannot be understood ({@value}). */
    public static final String BAD_REQUEST = "E011001";
    /** The request lacks an argument ({@value}). */
    public static final String MISSING_ARGUMENTS = "E011002";
    /** The request did not pass validation, or the project is unknown ({@value}). */
    public static final String INVALID_REQUEST = "E011003";
    /** An argument is not acceptable ({@value}). */
    public static final String INVALID_ARGUMENTS = "E011004";
    /** The link was used, is past its time, or never was ({@value}). */
    public static final String LINK_NO_LONGER_VALID = "E062504";

    /** 400 to 499, never 429. */
    private final int status;

    /** Such as E062108; may be empty. */
    private final String errorCode;

    /** The code's name; may be empty. */
    private final String errorDescription;

    /** About this request; may be empty. */
    private final String errorMessage;

    RefusedByDescopeException(int status, String errorCode, String errorDescription, String errorMessage) {
        super("Descope refused the request: HTTP " + status + ", " + requireNonNull(errorCode, "errorCode"), null);
        this.status = status;
        this.errorCode = errorCode;
        this.errorDescription = requireNonNull(errorDescription, "errorDescription");
        this.errorMessage = requireNonNull(errorMessage, "errorMessage");
    }

    /**
     * The HTTP status of the answer.
     *
     * @return 400 to 499, never 429
     */
    public int status() {
        return status;
    }

    /**
     * Descope's code, the thing to decide on.
     *
     * @return such as {@code E062108}; empty for a 401 through a REST client that throws its body away, as Jersey does on
     *     {@code HttpURLConnection}
     */
    public String errorCode() {
        return errorCode;
    }

    /**
     * Whether Descope says that the session of the refresh JWT is over, so that its user has to sign in again. Ask this after a refresh or
     * {@link Sessions#me}. A closed list: 401 or 403 with {@link #TOKEN_INVALID} or {@link #LOGGED_OUT}, the codes that Descope's public
     * clients know for a JWT that is no good any more (descope-go, {@code errors.go}; answers of {@code /v1/auth/validate}). Any other refusal
     * says nothing about the session: a gateway on the way that is set up wrongly, or a project with another setting, refuses everybody's.
     *
     * @return false for any other status or code, and where there is no code
     */
    public boolean isSessionOver() {
        return (status == 401 || status == 403) && (errorCode.equals(TOKEN_INVALID) || errorCode.equals(LOGGED_OUT));
    }

    /**
     * Descope's name of the error, the same for every error of one code. For logs, not for users.
     *
     * @return empty where Descope gave none
     */
    public String errorDescription() {
        return errorDescription;
    }

    /**
     * Descope's words about this very request. They may name a login ID, so they are not part of
     * {@link #getMessage()}; not for users, and for logs only with care.
     *
     * @return empty where Descope gave none
     */
    public String errorMessage() {
        return errorMessage;
    }
}
