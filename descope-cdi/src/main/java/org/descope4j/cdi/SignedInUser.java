package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
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
        try {
            return DescopePrincipal.of(request);
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }
}
