package org.descope4j.test;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.descope4j.cdi.SignedInUser;
import org.descope4j.servlet.DescopePrincipal;

/** A bean of an application, one for all requests. */
@ApplicationScoped
class Greeter {
    @Inject
    SignedInUser user;

    @Inject
    DescopePrincipal principal;

    @Inject
    HttpServletRequest request;

    String greet() {
        return user.find().map(DescopePrincipal::displayName).orElse("stranger");
    }

    String greetTheSignedIn() {
        return principal.displayName() + " " + principal.roles();
    }

    boolean knowsByRequest() {
        return DescopePrincipal.of(request).isPresent();
    }

    boolean knowsByUserPrincipal() {
        return request.getUserPrincipal() != null;
    }
}
