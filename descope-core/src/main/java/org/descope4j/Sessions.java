package org.descope4j;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descope4j.session.Session;

/**
 * What happens to a session after sign-in. Thread-safe. Every call is one request to Descope and throws as {@link MagicLinks} does;
 * {@link #me} and {@link #loginHistory} are questions that change nothing, so they are asked once more where a server in trouble answers
 * at once.
 *
 * <p>To judge a session JWT without asking Descope, see {@link Descope#validator()}.
 */
public interface Sessions {
    /**
     * Asks for a new session JWT. The refresh JWT is judged before it is sent, the answer after it came: it must be for the same
     * subject.
     *
     * <p>Callers with the same refresh JWT share one call. Each waits at most {@link DescopeSettings#readTimeout()}; the call goes on for up
     * to a minute, and the next call with the same refresh JWT, within 10 minutes, gets an answer that came late. So where refresh JWTs
     * rotate, an answer that took too long is not lost: call again. So is one that could not be judged when it came, such as by a clock
     * that is wrong. While Descope does not answer in time, two calls are sent at a time, and others are refused at once.
     *
     * @param refreshJwt of a {@link SignIn} or an earlier refresh
     * @return the session to go on with
     * @throws RefusedByDescopeException if Descope refuses: sign in again where {@link RefusedByDescopeException#isSessionOver()}; any other
     *     refusal says nothing about the session
     * @throws DescopeUnavailableException if nobody can tell: no answer in time, no keys; the session may go on
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent), or if the
     *     answer is not, which says nothing about the session
     */
    RefreshedSession refresh(String refreshJwt);

    /**
     * Asks for a new session JWT, for projects that check the token of another identity provider with each refresh.
     *
     * @param refreshJwt of a {@link SignIn} or an earlier refresh
     * @param externalToken the token of the other identity provider. A secret.
     * @return the session to go on with
     * @throws RefusedByDescopeException if the session was logged out, the user disabled, or the other token refused
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent), or if the
     *     answer is not
     */
    RefreshedSession refresh(String refreshJwt, String externalToken);

    /**
     * Asks for a new session JWT where a session that has ended is no surprise: Descope answers with none then, instead of a refusal.
     *
     * @param refreshJwt of a {@link SignIn} or an earlier refresh
     * @return the session to go on with, without details of the user; absent where it was logged out or the user disabled
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent), or if the
     *     answer is not
     */
    Optional<RefreshedSession> tryRefresh(String refreshJwt);

    /**
     * Judges a session JWT here, and then asks Descope for its own judgement: before something dear, where a call is worth it.
     * {@link Descope#validator()} is for every request.
     *
     * @param sessionJwt the bare token
     * @return the session
     * @throws RefusedByDescopeException if Descope does not accept it
     * @throws org.descope4j.session.InvalidSessionException if it is not acceptable here (nothing was sent)
     */
    Session validateAtDescope(String sessionJwt);

    /**
     * Judges a session JWT, and refreshes where it is not acceptable. A good session JWT is enough: the refresh JWT is not looked at
     * then. An expired session JWT of one user and the refresh JWT of another are no session.
     *
     * @param sessionJwt may be empty: its cookie lives no longer than itself
     * @param refreshJwt may be empty: then the session JWT alone decides
     * @return the session, and the JWTs to keep where they are new
     * @throws org.descope4j.session.InvalidSessionException if neither is acceptable: sign in again
     * @throws RefusedByDescopeException if the session was logged out: sign in again
     * @throws DescopeUnavailableException if nobody can tell, since there are no keys or no Descope; an outage never counts as an
     *     unacceptable token
     */
    LiveSession validateAndRefresh(String sessionJwt, String refreshJwt);

    /**
     * Ends this session at Descope. Session JWTs already issued stay acceptable until they expire, some minutes later.
     *
     * @param refreshJwt of the session
     * @param sessionTypes which kinds of sessions end, as Descope names them ({@code logoutType}); none for the usual
     */
    void logout(String refreshJwt, String... sessionTypes);

    /**
     * Ends all sessions of the user, on every device.
     *
     * @param refreshJwt of any session of the user
     * @param sessionTypes which kinds of sessions end, as Descope names them ({@code logoutType}); none for the usual
     */
    void logoutAll(String refreshJwt, String... sessionTypes);

    /**
     * Asks who the user is, as Descope knows them now.
     *
     * @param refreshJwt of the session; it is judged before it is sent
     * @return the user
     * @throws RefusedByDescopeException if the session was logged out
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent)
     */
    User me(String refreshJwt);

    /**
     * Asks for the past logins of the user.
     *
     * @param refreshJwt of the session; it is judged before it is sent
     * @return in Descope's order
     * @throws RefusedByDescopeException if the session was logged out
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent)
     */
    List<LoginRecord> loginHistory(String refreshJwt);

    /**
     * Asks for tenants of the user, with their names and attributes.
     *
     * @param refreshJwt of the session; it is judged before it is sent
     * @param tenantIds which; empty for all that the user is in
     * @return those of them that the user is in
     * @throws RefusedByDescopeException if the session was logged out
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent)
     */
    List<Tenant> tenants(String refreshJwt, Set<String> tenantIds);

    /**
     * Asks for the tenant that the session is for.
     *
     * @param refreshJwt of the session; it is judged before it is sent
     * @return absent where none was selected
     * @throws RefusedByDescopeException if the session was logged out
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent)
     */
    Optional<Tenant> selectedTenant(String refreshJwt);

    /**
     * Goes on with a session for one of the user's tenants: the claim {@code dct} of the new session JWT.
     *
     * @param refreshJwt of the session; it is judged before it is sent
     * @param tenantId one of the user's tenants
     * @return the session to go on with; both JWTs are new
     * @throws RefusedByDescopeException if the user is not in the tenant, or the session was logged out
     * @throws org.descope4j.session.InvalidSessionException if the refresh JWT is not acceptable (nothing was sent), or if the
     *     answer is not
     */
    RefreshedSession selectTenant(String refreshJwt, String tenantId);

    /**
     * Exchanges the access key of a machine for a session JWT.
     *
     * @param accessKey as the Descope console showed it once; a secret
     * @return a session of some minutes
     * @throws RefusedByDescopeException if the key is unknown, expired or disabled
     * @throws IllegalArgumentException before anything is sent, for a key that is empty or has characters that no key has
     */
    AccessKeySession exchangeAccessKey(String accessKey);

    /**
     * Exchanges the access key of a machine for a session JWT, with options.
     *
     * @param accessKey as the Descope console showed it once; a secret
     * @param options claims for the session, or the tenant that it is for
     * @return a session of some minutes
     * @throws RefusedByDescopeException if the key is unknown, expired or disabled, or not for that tenant
     * @throws IllegalArgumentException before anything is sent, for a key that is empty or has characters that no key has
     */
    AccessKeySession exchangeAccessKey(String accessKey, AccessKeyOptions options);
}
