package org.descope4j;

/**
 * What happens to a session after sign-in. Thread-safe; every call is one request to Descope and throws as
 * {@link MagicLinks} does.
 */
public interface Sessions {
    /**
     * Asks for a new session JWT. The refresh JWT is judged before it is sent, the answer after it came: it must be for the same
     * subject.
     *
     * @param refreshJwt of a {@link SignIn} or an earlier refresh
     * @return the session to go on with
     * @throws RefusedByDescopeException if the session was logged out or the user disabled: sign in again
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent), or if the
     *     answer is not
     */
    RefreshedSession refresh(String refreshJwt);

    /**
     * Ends this session at Descope. Session JWTs already issued stay acceptable until they expire, some minutes later.
     *
     * @param refreshJwt of the session
     */
    void logout(String refreshJwt);

    /**
     * Ends all sessions of the user, on every device.
     *
     * @param refreshJwt of any session of the user
     */
    void logoutAll(String refreshJwt);
}
