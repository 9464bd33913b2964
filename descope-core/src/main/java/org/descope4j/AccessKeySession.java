package org.descope4j;

import static java.util.Objects.requireNonNull;

import org.descope4j.session.Session;

/**
 * A session of a machine, exchanged for an access key. There is no refresh JWT: when it ends, the key is exchanged again.
 *
 * @param keyId the ID of the access key at Descope
 * @param session the verified session JWT; its subject is the key, or the user whom the key acts for
 * @param sessionJwt the bearer credential for calls to other services
 */
public record AccessKeySession(String keyId, Session session, String sessionJwt) {
    /**
     * Checks that all are there.
     *
     * @param keyId the ID of the access key
     * @param session the verified session JWT
     * @param sessionJwt the session JWT
     * @throws NullPointerException if one is missing
     */
    public AccessKeySession {
        requireNonNull(keyId, "keyId");
        requireNonNull(session, "session");
        requireNonNull(sessionJwt, "sessionJwt");
    }

    /** Says until when, never the JWT. */
    @Override
    public String toString() {
        return "AccessKeySession[keyId=" + keyId + ", " + session + "]";
    }
}
