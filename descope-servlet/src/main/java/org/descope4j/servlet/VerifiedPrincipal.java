package org.descope4j.servlet;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.descope4j.session.Session;

/** A {@link DescopePrincipal} made of a verified session and the profile that came sealed with it. */
final class VerifiedPrincipal implements DescopePrincipal {
    private final Session session;
    private final Profile profile;
    private final Set<String> roles;

    VerifiedPrincipal(Session session, Profile profile, RoleMap roleMap) {
        this.session = session;
        this.profile = profile;
        Set<String> known = new LinkedHashSet<>(roleMap.applyTo(session.roles()));
        known.addAll(profile.roles());
        this.roles = Set.copyOf(known);
    }

    @Override
    public String getName() {
        return profile.account().isEmpty() ? session.userId() : profile.account();
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Set<String> roles() {
        return roles;
    }

    @Override
    public Optional<String> loginId() {
        return profile.loginId().isEmpty() ? Optional.empty() : Optional.of(profile.loginId());
    }

    @Override
    public Optional<Instant> signedInAt() {
        return profile.signedInAt().equals(Instant.EPOCH)
                ? session.claim("auth_time").filter(Long.class::isInstance).map(seconds -> instant((Long) seconds))
                : Optional.of(profile.signedInAt());
    }

    /** A time that no calendar has is long ago. */
    private static Instant instant(long seconds) {
        boolean isTime = seconds >= 0 && seconds < Instant.MAX.getEpochSecond();
        return isTime ? Instant.ofEpochSecond(seconds) : Instant.EPOCH;
    }

    @Override
    public String displayName() {
        if (!profile.name().isEmpty()) {
            return profile.name();
        }
        return loginId().orElseGet(this::getName);
    }

    /**
     * The same account in the same roles, whichever session proves it: containers keep the principal of an HttpSession while the next
     * one is equal to it, and give that session a new ID when it is not.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof VerifiedPrincipal that && getName().equals(that.getName()) && roles.equals(that.roles);
    }

    @Override
    public int hashCode() {
        return getName().hashCode();
    }

    /** The user ID alone: the session is a proof and the rest personal data. */
    @Override
    public String toString() {
        return "DescopePrincipal[" + session.userId() + "]";
    }
}
