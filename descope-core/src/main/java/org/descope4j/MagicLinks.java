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
 *       or has control characters, and for a redirect URI that is not absolute. Core is no stricter than that: a login ID may be a
 *       user name.
 * </ul>
 *
 * Every question comes in a short form, with nothing but the redirect URI, and in one with options.
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
     * Sends a link that signs a known user in and creates an unknown one, with options.
     *
     * @param deliveryMethod how the link travels
     * @param loginId e-mail address, phone number or user name
     * @param options without step-up and MFA: these are for users who are signed in, so for {@link #signIn}
     * @return where it was sent
     * @throws IllegalArgumentException before anything is sent, also for step-up and MFA
     */
    LinkSent signUpOrIn(DeliveryMethod deliveryMethod, String loginId, LoginOptions options);

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
     * Sends a link that signs a known user in, with options: a step-up, a second factor, claims, a template and more.
     *
     * @param deliveryMethod how the link travels
     * @param loginId e-mail address, phone number or user name
     * @param options what else to ask for
     * @return where it was sent
     * @throws org.descope4j.session.InvalidSessionException before anything is sent, if the refresh JWT of a step-up or second factor
     *     is not acceptable
     */
    LinkSent signIn(DeliveryMethod deliveryMethod, String loginId, LoginOptions options);

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
     * Sends a link that creates a user, with options: the user's name, claims, a template and more.
     *
     * @param deliveryMethod how the link travels
     * @param loginId e-mail address or phone number
     * @param options what else to ask for
     * @return where it was sent
     */
    LinkSent signUp(DeliveryMethod deliveryMethod, String loginId, SignUpOptions options);

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

    /**
     * Sends a link to a new e-mail address of a user who is signed in. Once it is {@linkplain #verify verified}, the address is the
     * user's. Let only a user do this who signed in a short time ago, and tell the old address.
     *
     * @param loginId of the user
     * @param email the new address
     * @param refreshJwt of the user's session; it is judged before it is sent
     * @param redirectUri where the link leads
     * @return where it was sent
     * @throws org.descope4j.session.InvalidSessionException before anything is sent, if the refresh JWT is not acceptable
     * @throws IllegalArgumentException before anything is sent, also for an address that has not one @ with something on both sides
     */
    LinkSent updateEmail(String loginId, String email, String refreshJwt, URI redirectUri);

    /**
     * Sends a link to a new e-mail address, with options: whether it becomes a login ID, and what happens where somebody has it already.
     *
     * @param loginId of the user
     * @param email the new address
     * @param refreshJwt of the user's session; it is judged before it is sent
     * @param options what else to ask for
     * @return where it was sent
     * @throws org.descope4j.session.InvalidSessionException before anything is sent, if the refresh JWT is not acceptable
     */
    LinkSent updateEmail(String loginId, String email, String refreshJwt, UpdateOptions options);

    /**
     * Sends a link to a new phone number of a user who is signed in. Once it is {@linkplain #verify verified}, the number is the user's.
     *
     * @param deliveryMethod SMS or WHATSAPP
     * @param loginId of the user
     * @param phone the new number; Descope takes it with spaces and hyphens too
     * @param refreshJwt of the user's session; it is judged before it is sent
     * @param redirectUri where the link leads
     * @return where it was sent
     * @throws org.descope4j.session.InvalidSessionException before anything is sent, if the refresh JWT is not acceptable
     * @throws IllegalArgumentException before anything is sent, also for EMAIL, and for what is no phone number
     */
    LinkSent updatePhone(
            DeliveryMethod deliveryMethod, String loginId, String phone, String refreshJwt, URI redirectUri);

    /**
     * Sends a link to a new phone number, with options as for {@link #updateEmail(String, String, String, UpdateOptions)}.
     *
     * @param deliveryMethod SMS or WHATSAPP
     * @param loginId of the user
     * @param phone the new number
     * @param refreshJwt of the user's session; it is judged before it is sent
     * @param options what else to ask for
     * @return where it was sent
     * @throws org.descope4j.session.InvalidSessionException before anything is sent, if the refresh JWT is not acceptable
     */
    LinkSent updatePhone(
            DeliveryMethod deliveryMethod, String loginId, String phone, String refreshJwt, UpdateOptions options);
}
