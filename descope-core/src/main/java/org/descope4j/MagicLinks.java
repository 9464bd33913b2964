package org.descope4j;

import java.net.URI;

/**
 * Descope's magic-link API: a person names a login ID, gets a link, opens it, and is signed in. Thread-safe.
 *
 * <p>Every call is one request to Descope and never repeated by this library. All calls throw
 *
 * <ul>
 *   <li>{@link RefusedByDescopeException} if Descope says no,
 *   <li>{@link RateLimitedException} if Descope wants less requests,
 *   <li>{@link DescopeUnavailableException} if Descope cannot be asked or understood,
 *   <li>{@link IllegalArgumentException} before anything is sent, for a login ID that is blank, longer than 320 characters
 *       or has control characters, and for a redirect URI that is not an absolute http or https URI. Core is no
 *       stricter than that: a login ID may be a user name.
 * </ul>
 */
public interface MagicLinks {
    /**
     * Sends a link that signs a known user in and creates an unknown one. The choice for almost every application: the answer
     * does not tell whether the account existed.
     *
     * @param deliveryMethod how the link travels
     * @param loginId e-mail address, phone number or user name
     * @param redirectUri where the link leads; its token comes back there as query parameter {@code t}. The host must be among
     *     the project's approved domains.
     * @return where it was sent
     */
    LinkSent signUpOrIn(DeliveryMethod deliveryMethod, String loginId, URI redirectUri);

    /**
     * Sends a link that signs a known user in. An unknown one is refused with
     * {@link RefusedByDescopeException#USER_NOT_FOUND}: do not show that difference to the public.
     *
     * @param deliveryMethod how the link travels
     * @param loginId e-mail address, phone number or user name
     * @param redirectUri where the link leads
     * @return where it was sent
     */
    LinkSent signIn(DeliveryMethod deliveryMethod, String loginId, URI redirectUri);

    /**
     * Sends a link that creates a user. A known one is refused with
     * {@link RefusedByDescopeException#USER_ALREADY_EXISTS}: do not show that difference to the public.
     *
     * @param deliveryMethod how the link travels
     * @param loginId e-mail address or phone number
     * @param redirectUri where the link leads
     * @return where it was sent
     */
    LinkSent signUp(DeliveryMethod deliveryMethod, String loginId, URI redirectUri);

    /**
     * Redeems a link token, which works once. The keys that judge the answer are there before the token is spent, and both JWTs
     * of the answer are judged like any other: what is returned is proven.
     *
     * @param linkToken the query parameter {@code t}, decoded
     * @return who signed in
     * @throws RefusedByDescopeException if the link was used, is past its time, or never was
     * @throws DescopeUnavailableException if nobody knows; when the connection broke after the request was sent, the token may
     *     be spent
     * @throws org.descope4j.session.InvalidSessionException if Descope's answer holds a JWT that is not acceptable for this
     *     project: nobody is signed in
     * @throws IllegalArgumentException before anything is sent, for a token that is blank, longer than 2,048 characters or has
     *     characters outside {@code A-Z a-z 0-9 - . _ ~ + / =}
     */
    SignIn verify(String linkToken);
}
