package org.descope4j.cdi;

import java.util.Optional;
import java.util.Set;
import org.descope4j.servlet.DescopePrincipal;
import org.descope4j.session.Session;

/**
 * The user of whatever request is being served, looked for at each call: after a sign-out in the middle of a request it agrees with
 * the request that there is none. Immutable.
 */
final class InjectedPrincipal implements DescopePrincipal {
    private final SignedInUser user;

    InjectedPrincipal(SignedInUser user) {
        this.user = user;
    }

    @Override
    public String getName() {
        return current().getName();
    }

    @Override
    public Session session() {
        return current().session();
    }

    @Override
    public Set<String> roles() {
        return current().roles();
    }

    @Override
    public Optional<String> loginId() {
        return current().loginId();
    }

    @Override
    public String displayName() {
        return current().displayName();
    }

    /** The user ID alone, or that there is none: whoever logs it wants no exception. */
    @Override
    public String toString() {
        return user.find().map(DescopePrincipal::toString).orElse("DescopePrincipal[nobody]");
    }

    private DescopePrincipal current() {
        return user.find().orElseThrow(NotSignedInException::new);
    }
}
