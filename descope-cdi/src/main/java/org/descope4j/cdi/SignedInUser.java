package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.descope4j.servlet.DescopePrincipal;

/**
 * Who is signed in, if anybody: for beans that also serve people who are not. Where somebody must be, inject
 * {@link DescopePrincipal} itself.
 *
 * <pre>{@code
 * @Inject SignedInUser user;
 *
 * String greeting() {
 *     return user.find().map(DescopePrincipal::displayName).orElse("stranger");
 * }
 * }</pre>
 *
 * Asked anew at each call, never captured: one object serves all requests.
 */
@ApplicationScoped
public class SignedInUser {
    private final HttpServletRequest request;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway") // a proxy never uses its own fields
    protected SignedInUser() {
        this.request = null;
    }

    @Inject
    SignedInUser(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * The user of the current request.
     *
     * @return absent while nobody is signed in, and where there is no request: in a timer, in an asynchronous observer
     */
    public Optional<DescopePrincipal> find() {
        Optional<ServedRequest> served = ServedRequest.current();
        return served.isPresent() ? DescopePrincipal.of(served.get().request()) : ofRequestScope();
    }

    /** Where the server hands the scope of a request on to another thread, and in tests that have no filters. */
    private Optional<DescopePrincipal> ofRequestScope() {
        try {
            return DescopePrincipal.of(request);
        } catch (ContextNotActiveException | IllegalStateException e) {
            // some containers throw the latter where a thread has a request scope but serves no request, such as a
            // timer's
            return Optional.empty();
        }
    }

    /**
     * What is injected as {@link DescopePrincipal}: a proxy of an object that looks for the user at each call. Not a bean for
     * {@code java.security.Principal}, since some servers have one of their own.
     */
    @Produces
    @ApplicationScoped
    @Typed(DescopePrincipal.class)
    DescopePrincipal principal() {
        return InjectedPrincipal.of(this);
    }
}
