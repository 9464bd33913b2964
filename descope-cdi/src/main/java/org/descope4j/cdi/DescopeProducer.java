package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.ServletContext;
import org.descope4j.Descope;

/** Makes the application's connection to Descope injectable. */
@Dependent
class DescopeProducer {
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
