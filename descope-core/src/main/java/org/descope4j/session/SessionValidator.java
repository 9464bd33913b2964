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

    /** How many genuine tokens are remembered where nobody says another number: those of 5,000 users. */
    int REMEMBERED_TOKENS = 10_000;

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
     * Returns a validator that judges by the given rules and remembers {@value #REMEMBERED_TOKENS} tokens.
     *
     * @param rules what is accepted
     * @param keys where the project's public keys come from
     * @param clock what time it is
     * @return the validator
     */
    static SessionValidator of(TokenRules rules, KeySource keys, Clock clock) {
        return of(rules, keys, clock, REMEMBERED_TOKENS);
    }

    /**
     * Returns a validator that judges by the given rules. It remembers genuine tokens by the SHA-256 digest of their text, so that
     * the signature of a token is checked once and not with every request. Everything that can change is judged each time: its
     * claims by the clock, and whether its key still is one of the project's.
     *
     * @param rules what is accepted
     * @param keys where the project's public keys come from
     * @param clock what time it is
     * @param rememberedTokens how many tokens are remembered at most; the one that was not used the longest is forgotten first.
     *     A signed-in user has two, a session JWT and a refresh JWT. 0 for none
     * @return the validator
     * @throws IllegalArgumentException if the number is negative
     */
    static SessionValidator of(TokenRules rules, KeySource keys, Clock clock, int rememberedTokens) {
        if (rememberedTokens < 0) {
            throw new IllegalArgumentException("0 tokens or more can be remembered, not " + rememberedTokens);
        }
        return new StrictSessionValidator(
                requireNonNull(rules, "rules"),
                requireNonNull(keys, "keys"),
                requireNonNull(clock, "clock"),
                new GenuineTokens(rememberedTokens));
    }
}
