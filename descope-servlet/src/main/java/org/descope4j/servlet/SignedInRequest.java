package org.descope4j.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request whose four identity methods agree on who is signed in. */
final class SignedInRequest extends HttpServletRequestWrapper {
    static final String AUTHENTICATION_SCHEME = "DESCOPE";

    private final Runnable signOut;

    /**
     * @param signOut ends the session when the application calls {@link #logout()}
     */
    SignedInRequest(HttpServletRequest request, Runnable signOut) {
        super(request);
        this.signOut = signOut;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return principal();
    }

    @Override
    public @Nullable String getRemoteUser() {
        DescopePrincipal principal = principal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        DescopePrincipal principal = principal();
        return principal != null && (principal.roles().contains(role) || isInRoleOfContainer(principal, role));
    }

    /** Where the container knows the same user, it also knows {@code <security-role-ref>} and {@code **}. */
    private boolean isInRoleOfContainer(DescopePrincipal principal, String role) {
        return principal.equals(super.getUserPrincipal()) && super.isUserInRole(role);
    }

    @Override
    public @Nullable String getAuthType() {
        return principal() == null ? null : AUTHENTICATION_SCHEME;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) {
        return principal() != null;
    }

    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException("Users sign in by magic link, not by name and password");
    }

    /** Ends the session here and at Descope, and clears its cookies. */
    @Override
    public void logout() throws ServletException {
        signOut.run();
        super.logout();
    }

    private @Nullable DescopePrincipal principal() {
        return RequestIdentity.of(getRequest()).principal().orElse(null);
    }
}
