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

    private final String subject;
    private final Optional<Instant> issuedAt;
    private final Instant expiresAt;
    private final Map<String, Object> claims;

    RefreshToken(VerifiedClaims verified) {
        subject = verified.subject();
        issuedAt = verified.issuedAt();
        expiresAt = verified.expiresAt();
        claims = verified.members().values();
    }

    /**
     * Whom the token is for; a session JWT that came along must be for the same.
     *
     * @return the claim {@code sub}
     */
    public String subject() {
        return subject;
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
