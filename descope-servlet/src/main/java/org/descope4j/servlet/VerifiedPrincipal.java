package org.descope4j.servlet;

import java.util.Optional;
import org.descope4j.session.Session;

/** A {@link DescopePrincipal} made of a verified session and the profile that came sealed with it. */
record VerifiedPrincipal(Session session, Profile profile) implements DescopePrincipal {
    @Override
    public String getName() {
        return session.userId();
    }

    @Override
    public Optional<String> loginId() {
        return profile.loginId().isEmpty() ? Optional.empty() : Optional.of(profile.loginId());
    }

    @Override
    public String displayName() {
        if (!profile.name().isEmpty()) {
            return profile.name();
        }
        return loginId().orElseGet(this::getName);
    }

    /** The user ID alone: the session is a proof and the rest personal data. */
    @Override
    public String toString() {
        return "DescopePrincipal[" + getName() + "]";
    }
}
