package org.descope4j;

import static org.descope4j.AnswerValues.flag;
import static org.descope4j.AnswerValues.members;
import static org.descope4j.AnswerValues.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What Descope said beside the JWTs and the user. Nothing here is signed: decide on the {@link org.descope4j.session.Session}. What an
 * answer lacks, or has in a shape of its own, is absent. Immutable.
 */
public final class AnswerDetails {
    private final CookieHints cookies;
    private final Optional<Instant> sessionExpiration;
    private final Optional<Duration> nextRefresh;
    private final Optional<String> externalToken;
    private final Optional<String> trustedDeviceJwt;
    private final Optional<String> tenantSsoId;
    private final boolean hasUnsavedSso;
    private final Map<String, Object> claims;
    private final Map<String, Object> identityProviderResponse;

    private AnswerDetails(Wire.JwtAnswer answer) {
        cookies = CookieHints.of(answer);
        sessionExpiration = AnswerValues.instant(answer.sessionExpiration());
        nextRefresh = AnswerValues.duration(answer.nextRefreshSeconds());
        externalToken = text(answer.externalToken());
        trustedDeviceJwt = text(answer.trustedDeviceJwt());
        tenantSsoId = text(answer.tenantSsoId());
        hasUnsavedSso = flag(answer.unsavedSso());
        claims = members(answer.claims());
        identityProviderResponse = members(answer.idpResponse());
    }

    static AnswerDetails of(Wire.JwtAnswer answer) {
        return new AnswerDetails(answer);
    }

    /**
     * How the project would have cookies set.
     *
     * @return hints, any of which may be absent
     */
    public CookieHints cookies() {
        return cookies;
    }

    /**
     * When the session JWT ends: {@code sessionExpiration}. The session itself says so too, and is signed.
     *
     * @return absent where Descope does not say
     */
    public Optional<Instant> sessionExpiration() {
        return sessionExpiration;
    }

    /**
     * When a client that refreshes by itself should do so: {@code nextRefreshSeconds}.
     *
     * @return absent where Descope does not say
     */
    public Optional<Duration> nextRefresh() {
        return nextRefresh;
    }

    /**
     * The token of another identity provider: {@code externalToken}. A secret.
     *
     * @return absent where there is none
     */
    public Optional<String> externalToken() {
        return externalToken;
    }

    /**
     * What lets this device skip a second factor later: {@code trustedDeviceJwt}. A secret.
     *
     * @return absent where there is none
     */
    public Optional<String> trustedDeviceJwt() {
        return trustedDeviceJwt;
    }

    /**
     * The tenant's SSO configuration that was used: {@code tenantSSOID}.
     *
     * @return absent where there is none
     */
    public Optional<String> tenantSsoId() {
        return tenantSsoId;
    }

    /**
     * Whether an SSO identity was not saved: {@code unsavedSSO}.
     *
     * @return false where Descope does not say
     */
    public boolean hasUnsavedSso() {
        return hasUnsavedSso;
    }

    /**
     * Claims beside the JWT: {@code claims}. Not signed.
     *
     * @return values as in {@link org.descope4j.session.Session#claims()}; empty if there are none
     */
    public Map<String, Object> claims() {
        return claims;
    }

    /**
     * What a SAML or OpenID Connect provider said, under Descope's names: {@code idpResponse}. Not signed; empty for magic links.
     *
     * @return values as in {@link org.descope4j.session.Session#claims()}; empty if there are none
     */
    public Map<String, Object> identityProviderResponse() {
        return identityProviderResponse;
    }

    /** Says nothing of what is in it: there are secrets and people in it. */
    @Override
    public String toString() {
        return "AnswerDetails[redacted]";
    }
}
