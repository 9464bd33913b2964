package org.descope4j.session;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a refresh JWT says, verified. Only a {@link SessionValidator} makes one, so holding it is the proof that Descope
 * issued the token for this project; whether it was revoked since, only Descope knows.
 *
 * <p>Immutable. It does not hold the JWT itself.
 */
public final class RefreshToken {

    private final TokenOwner owner;
    private final Optional<Instant> issuedAt;
    private final Instant expiresAt;
    private final Map<String, Object> claims;

    RefreshToken(VerifiedClaims verified) {
        owner = verified.owner();
        issuedAt = verified.issuedAt();
        expiresAt = verified.expiresAt();
        claims = verified.members().values();
    }

    /**
     * Whom the token is for. Whether a session JWT is for the same user says {@link #isForUserOf}.
     *
     * @return the claim {@code sub}
     */
    public String subject() {
        return owner.subject();
    }

    /**
     * The ID of the user at Descope: the claim {@code dsub} where a JWT template replaced the subject, otherwise the
     * subject.
     *
     * @return the user ID; the replaced subject where Descope left {@code dsub} out of the refresh JWT
     */
    public String userId() {
        return owner.userId();
    }

    /**
     * Whether a session JWT is for the same user, so that the two may be used together: both have one subject, and where
     * this token has the claim {@code dsub}, that is {@link Session#userId()}.
     *
     * @param session what came along, or in answer to this token
     * @return false for a session of somebody else
     */
    public boolean isForUserOf(Session session) {
        return owner.isThatOfSession(session.owner());
    }

    TokenOwner owner() {
        return owner;
    }

    /**
     * When the token was issued.
     *
     * @return empty if the token does not say
     */
    public Optional<Instant> issuedAt() {
        return issuedAt;
    }

    /**
     * When the token ends, and with it the possibility to refresh.
     *
     * @return the end
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Every claim of the token.
     *
     * @return values as in {@link Session#claims()}
     */
    public Map<String, Object> claims() {
        return claims;
    }

    /** Says until when, and nothing about whom. */
    @Override
    public String toString() {
        return "RefreshToken[expiresAt=" + expiresAt + "]";
    }
}
