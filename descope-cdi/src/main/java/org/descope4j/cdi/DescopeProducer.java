package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.ServletContext;
import org.descope4j.Descope;

/** Makes the application's connection to Descope injectable. */
@Dependent
class DescopeProducer {
    /** The connection that the filters use; they close it. */
    @Produces
    @ApplicationScoped
    Descope descope(Instance<ServletContext> contexts) {
        // looked for here, so that a container without servlets starts nevertheless
        if (contexts.isResolvable()
                && contexts.get().getAttribute(Descope.class.getName()) instanceof Descope descope) {
            return descope;
        }
        throw new IllegalStateException(
                "There is no connection to Descope: its filters are switched off (descope.auto-register), did not"
                        + " start yet, or there is no servlet container");
    }
}
