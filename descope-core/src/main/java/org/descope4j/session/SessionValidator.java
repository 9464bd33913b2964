package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.time.Clock;

/**
 * Judges session JWTs and refresh JWTs without asking Descope, except for its public keys.
 *
 * <p>Use one instance for the life of the application; it is safe for concurrent use. It refuses whatever was not
 * signed by a key of the project, for this project, for this purpose and for now; it never falls back to a weaker check.
 */
public interface SessionValidator {

    /**
     * Judges a session JWT.
     *
     * @param sessionJwt the bare token, at most 16384 characters, without {@code Bearer} and without quotes
     * @return the session: holding it is the proof that it was verified
     * @throws InvalidSessionException if the token is refused; its reason says why
     * @throws KeysUnavailableException if the key cannot be had at present, so that nobody can tell
     */
    Session validate(String sessionJwt);

    /**
     * Judges a refresh JWT; a session JWT is refused here, as a refresh JWT is refused as a session.
     *
     * @param refreshJwt the bare token, at most 16384 characters
     * @return what the token says, verified
     * @throws InvalidSessionException if the token is refused; its reason says why
     * @throws KeysUnavailableException if the key cannot be had at present, so that nobody can tell
     */
    RefreshToken validateRefresh(String refreshJwt);

    /**
     * Makes sure that there are keys to judge with. Call it before a link token is spent: the service's answer to it
     * must be judged, and a link token can be spent only once.
     *
     * @throws KeysUnavailableException if no key can be had at present
     */
    void requireKeys();

    /**
     * Returns a validator that judges by the given rules.
     *
     * @param rules what is accepted
     * @param keys where the project's public keys come from
     * @param clock what time it is
     * @return the validator
     */
    static SessionValidator of(TokenRules rules, KeySource keys, Clock clock) {
        return new StrictSessionValidator(
                requireNonNull(rules, "rules"), requireNonNull(keys, "keys"), requireNonNull(clock, "clock"));
    }
}
