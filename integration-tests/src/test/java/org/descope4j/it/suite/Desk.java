package org.descope4j.it.suite;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.descope4j.Descope;
import org.descope4j.cdi.SignedInUser;
import org.descope4j.servlet.DescopePrincipal;
import org.descope4j.session.InvalidSessionException;
import org.jspecify.annotations.Nullable;

/** A bean of an application, one for all requests and threads. */
@ApplicationScoped
public class Desk {
    @Inject
    private @Nullable Descope descope;

    @Inject
    private @Nullable DescopePrincipal principal;

    @Inject
    private @Nullable SignedInUser user;

    /** The login ID of whoever is signed in. */
    public String serves() {
        return requireNonNull(user).find().isPresent()
                ? requireNonNull(principal).loginId().orElse("somebody")
                : "nobody";
    }

    /** Whether a session is one of this application's project; or why nobody can tell. */
    public String knows(String sessionJwt) {
        try {
            requireNonNull(descope).validator().validate(sessionJwt);
            return "own";
        } catch (InvalidSessionException e) {
            return "foreign";
        } catch (IllegalStateException e) {
            return "[" + e.getMessage() + "]";
        }
    }
}
