package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import org.descope4j.Descope;
import org.descope4j.servlet.DescopePrincipal;

/** A bean of an application, one for all requests. */
@ApplicationScoped
class Greeter {
    @Inject
    DescopePrincipal principal;

    @Inject
    SignedInUser user;

    @Inject
    Descope descope;

    String greet() {
        return user.find().map(DescopePrincipal::displayName).orElse("nobody");
    }

    String name() {
        return principal.getName() + " " + principal.session().roles() + " "
                + principal.loginId().orElse("");
    }

    String describe() {
        return principal.toString();
    }

    String keys() {
        descope.validator().requireKeys();
        return "there";
    }

    /** As in a timer or a message listener: there is a request scope, and no request. */
    @ActivateRequestContext
    String greetInRequestScope() {
        return greet();
    }

    @ActivateRequestContext
    String keysInRequestScope() {
        return keys();
    }
}
