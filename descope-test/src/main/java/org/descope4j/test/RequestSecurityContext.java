package org.descope4j.test;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Says what its request says, as the security context of a Jakarta REST server on servlets does. */
final class RequestSecurityContext implements SecurityContext {
    private final HttpServletRequest request;

    RequestSecurityContext(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return request.getUserPrincipal();
    }

    @Override
    public boolean isUserInRole(String role) {
        return request.isUserInRole(role);
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return request.getAuthType();
    }
}
