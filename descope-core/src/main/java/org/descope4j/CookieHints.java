package org.descope4j;

import static org.descope4j.AnswerValues.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the project would have cookies set for the JWTs. Hints and no more: a domain or path that an answer names is not to be used
 * unless the application expects it (a cookie for a public suffix would go to strangers). Immutable.
 */
public final class CookieHints {
    private final Optional<String> refreshCookieName;
    private final Optional<String> sessionCookieName;
    private final Optional<String> domain;
    private final Optional<String> sessionDomain;
    private final Optional<String> path;
    private final Optional<Duration> maxAge;
    private final Optional<Instant> expiration;

    private CookieHints(Wire.JwtAnswer answer) {
        refreshCookieName = text(answer.cookieName());
        sessionCookieName = text(answer.sessionCookieName());
        domain = text(answer.cookieDomain());
        sessionDomain = text(answer.sessionCookieDomain());
        path = text(answer.cookiePath());
        maxAge = AnswerValues.duration(answer.cookieMaxAge());
        expiration = AnswerValues.instant(answer.cookieExpiration());
    }

    static CookieHints of(Wire.JwtAnswer answer) {
        return new CookieHints(answer);
    }

    /**
     * The name of the cookie for the refresh JWT: {@code cookieName}.
     *
     * @return absent where it is {@code DSR}
     */
    public Optional<String> refreshCookieName() {
        return refreshCookieName;
    }

    /**
     * The name of the cookie for the session JWT: {@code sessionCookieName}.
     *
     * @return absent where it is {@code DS}
     */
    public Optional<String> sessionCookieName() {
        return sessionCookieName;
    }

    /**
     * The domain of the cookie for the refresh JWT: {@code cookieDomain}.
     *
     * @return absent for the host alone
     */
    public Optional<String> domain() {
        return domain;
    }

    /**
     * The domain of the cookie for the session JWT: {@code sessionCookieDomain}.
     *
     * @return absent for the host alone
     */
    public Optional<String> sessionDomain() {
        return sessionDomain;
    }

    /**
     * The path of the cookies: {@code cookiePath}.
     *
     * @return absent where Descope does not say
     */
    public Optional<String> path() {
        return path;
    }

    /**
     * How long the cookie for the refresh JWT lives: {@code cookieMaxAge}.
     *
     * @return to the second; absent where Descope does not say
     */
    public Optional<Duration> maxAge() {
        return maxAge;
    }

    /**
     * When the cookie for the refresh JWT ends: {@code cookieExpiration}.
     *
     * @return to the second; absent where Descope does not say
     */
    public Optional<Instant> expiration() {
        return expiration;
    }
}
