package org.descope4j;

import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/** Jersey looks for this, other REST clients for the providers of {@code META-INF/services}. */
public final class SecretsOnTheWireOfJersey implements AutoDiscoverable {
    @Override
    public void configure(FeatureContext context) {
        if (!context.getConfiguration().isRegistered(SecretsOnTheWire.class)) {
            context.register(SecretsOnTheWire.class);
        }
    }
}
