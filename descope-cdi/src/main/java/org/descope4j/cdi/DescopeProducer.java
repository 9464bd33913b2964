package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.descope4j.Descope;

/** Makes the application's connection to Descope injectable. */
@Dependent
class DescopeProducer {
    /** The connection that the filters use; they close it. */
    @Produces
    @ApplicationScoped
    Descope descope(RunningApplications applications) {
        return new InjectedDescope(applications);
    }
}
