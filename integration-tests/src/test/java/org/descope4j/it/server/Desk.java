package org.descope4j.it.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.descope4j.cdi.SignedInUser;
import org.descope4j.servlet.DescopePrincipal;

/** A bean of an application, one for all requests. */
@ApplicationScoped
class Desk {
    @Inject
    DescopePrincipal principal;

    @Inject
    SignedInUser user;

    String serves() {
        return user.find().map(DescopePrincipal::displayName).orElse("nobody");
    }

    boolean mayBeServed() {
        return principal.roles().contains("clerk");
    }
}
