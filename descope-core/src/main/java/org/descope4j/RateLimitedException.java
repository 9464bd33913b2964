package org.descope4j;

import java.time.Duration;

/**
 * Descope counts requests per source address and project, and this one was too many (HTTP 429). No thread waits here:
 * tell the caller when to come back.
 */
public final class RateLimitedException extends DescopeException {
    private static final long serialVersionUID = 1L;

    /** How long to wait, bounded. */
    private final Duration retryAfter;

    RateLimitedException(Duration retryAfter) {
        super("Descope's rate limit is reached; ask again in " + retryAfter.toSeconds() + " s", null);
        this.retryAfter = retryAfter;
    }

    /**
     * How long to wait, from Descope's {@code Retry-After}.
     *
     * @return 1 second to 5 minutes, whatever the answer said; 60 seconds where it said nothing that can be read
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
