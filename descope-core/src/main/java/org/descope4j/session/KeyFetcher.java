package org.descope4j.session;

/**
 * Gets the JWKS document of a project (RFC 7517, section 5) from wherever it is published.
 *
 * <p>An implementation answers or fails within a few seconds (callers wait for it no longer than 10), follows no
 * redirect, and takes keys from a complete, successful answer in JSON only. It need not throttle or cache.
 */
@FunctionalInterface
public interface KeyFetcher {

    /**
     * Gets the document.
     *
     * @return the bytes of the document, at most 256 KiB
     * @throws KeysUnavailableException if it cannot be had at present
     */
    byte[] fetch();
}
