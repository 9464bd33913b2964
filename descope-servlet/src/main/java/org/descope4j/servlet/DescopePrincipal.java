package org.descope4j.servlet;

import jakarta.servlet.ServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.descope4j.session.Session;

/**
 * The signed-in user of a request: a verified {@link Session}, and what is known of the person. It is what
 * {@code HttpServletRequest.getUserPrincipal()} returns, and what descope-cdi injects. Immutable.
 */
public interface DescopePrincipal extends Principal {
    /**
     * The signed-in user of a request, also where the request at hand is not the one that the filter wrapped, such as one
     * that CDI injected.
     *
     * @param request of the servlet container
     * @return absent while nobody is signed in
     */
    static Optional<DescopePrincipal> of(ServletRequest request) {
        PersonalResponse.askedFor(request);
        return RequestIdentity.of(request).principal();
    }

    /**
     * The user ID that Descope gave: the same in every session of the account, whatever address the user signs in with, and the
     * same for cookie and Bearer requests. The key for an application's own tables; for people see {@link #displayName()}. Where a
     * {@link SignInHandler} mapped the user to an account of the application's, that account's name, for cookie requests.
     *
     * @return such as {@code U2abc…}
     */
    @Override
    String getName();

    /**
     * The proof: roles, permissions, tenants, claims, expiry.
     *
     * @return verified for this request
     */
    Session session();

    /**
     * What {@code isUserInRole} goes by: the project's roles in the session, what {@code descope.roles.map} calls them here, and those
     * that a {@link SignInHandler} added.
     *
     * @return compared exactly; empty if there are none
     */
    Set<String> roles();

    /**
     * The e-mail address or phone number that the user signed in with.
     *
     * @return absent for Bearer requests, whose session JWT does not say it
     */
    Optional<String> loginId();

    /**
     * When the user proved who they are, which a refresh does not: for {@link StepUp}. How is
     * {@code session().authenticationMethods()}, and whether by a step-up {@code session().isSteppedUp()}.
     *
     * @return absent for Bearer requests, unless their session JWT has the claim {@code auth_time}
     */
    default Optional<Instant> signedInAt() {
        return Optional.empty();
    }

    /**
     * What to call the user on a page: the name that Descope has, else the login ID, else the user ID.
     *
     * @return never empty
     */
    String displayName();
}
