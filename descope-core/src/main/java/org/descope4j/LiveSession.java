package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.descope4j.session.Session;

/** A session that is good now, and how it came to be so: as it was, or by a refresh. Immutable. */
public final class LiveSession {
    private final Session session;
    private final Optional<RefreshedSession> refreshed;

    private LiveSession(Session session, Optional<RefreshedSession> refreshed) {
        this.session = requireNonNull(session, "session");
        this.refreshed = refreshed;
    }

    static LiveSession asItWas(Session session) {
        return new LiveSession(session, Optional.empty());
    }

    static LiveSession by(RefreshedSession refreshed) {
        return new LiveSession(refreshed.session(), Optional.of(refreshed));
    }

    /**
     * The session.
     *
     * @return verified
     */
    public Session session() {
        return session;
    }

    /**
     * The refresh, whose JWTs are the ones to keep from now on.
     *
     * @return absent where the session JWT was good as it came, so that nothing was asked of Descope
     */
    public Optional<RefreshedSession> refreshed() {
        return refreshed;
    }

    /** Says until when, and nothing about whom. */
    @Override
    public String toString() {
        return "LiveSession[" + session + (refreshed.isPresent() ? ", refreshed]" : "]");
    }
}
