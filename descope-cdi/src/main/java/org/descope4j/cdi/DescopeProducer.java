package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.ServletContext;
import org.descope4j.Descope;
import org.descope4j.servlet.DescopePrincipal;

/**
 * Makes what can be injected: {@link DescopePrincipal} per request, {@link Descope} per application. Both are proxies; neither is
 * {@code java.security.Principal}, which some servers have a bean of their own for.
 */
@Dependent
class DescopeProducer {
    /** A proxy that asks at each request who is signed in; its methods throw {@link NotSignedInException} where nobody is. */
    @Produces
    @RequestScoped
    DescopePrincipal principal(SignedInUser user) {
        return user.find().orElseThrow(NotSignedInException::new);
    }

    /** The connection that the filters use; they close it. */
    @Produces
    @ApplicationScoped
    Descope descope(ServletContext context) {
        if (context.getAttribute(Descope.class.getName()) instanceof Descope descope) {
            return descope;
        }
        throw new IllegalStateException(
                "There is no connection to Descope: its filters are switched off (descope.auto-register), or"
                        + " did not start yet");
    }
}
