package org.descope4j.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Enumeration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose four identity methods agree on who is signed in. It speaks for the application that judged the request: where that
 * one forwards into another application, the user is nobody there, and what the container says of another login holds (N4).
 */
final class SignedInRequest extends HttpServletRequestWrapper {
    static final String AUTHENTICATION_SCHEME = "DESCOPE";

    private final BooleanSupplier signOut;
    private final HttpSessionOwner httpSessionOwner;
    private final String contextPath;

    /**
     * @param signOut ends the session when the application calls {@link #logout()}; whether its cookies could be cleared
     * @param httpSessionOwner has an HttpSession that the application makes be this user's
     */
    SignedInRequest(HttpServletRequest request, BooleanSupplier signOut, HttpSessionOwner httpSessionOwner) {
        super(request);
        this.signOut = signOut;
        this.httpSessionOwner = httpSessionOwner;
        this.contextPath = ApplicationAttribute.contextPath(request);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return isForwardedElsewhere() ? (isOfOtherLogin() ? super.getUserPrincipal() : null) : principal();
    }

    @Override
    public @Nullable String getRemoteUser() {
        if (isForwardedElsewhere()) {
            return isOfOtherLogin() ? super.getRemoteUser() : null;
        }
        DescopePrincipal principal = principal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        if (isForwardedElsewhere()) {
            return isOfOtherLogin() && super.isUserInRole(role);
        }
        DescopePrincipal principal = principal();
        return principal != null && isInRole(principal, role);
    }

    /** Servlet 6.0, sections 13.3 and 15.8: nobody is in no role or in the role {@code *}, and every user is in {@code **}. */
    private boolean isInRole(DescopePrincipal principal, @Nullable String role) {
        if (role == null || role.equals("*")) {
            return false;
        }
        return role.equals("**") || principal.roles().contains(role) || isInRoleOfContainer(principal, role);
    }

    /** Where the container knows the same user, it also knows {@code <security-role-ref>} and {@code **}. */
    private boolean isInRoleOfContainer(DescopePrincipal principal, String role) {
        return principal.equals(super.getUserPrincipal()) && super.isUserInRole(role);
    }

    @Override
    public @Nullable String getAuthType() {
        if (isForwardedElsewhere()) {
            return isOfOtherLogin() ? super.getAuthType() : null;
        }
        return principal() == null ? null : AUTHENTICATION_SCHEME;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        return isForwardedElsewhere() ? super.authenticate(response) : principal() != null;
    }

    @Override
    public void login(String username, String password) throws ServletException {
        if (isForwardedElsewhere()) {
            super.login(username, password);
            return;
        }
        throw new ServletException("Users sign in by magic link, not by name and password");
    }

    /**
     * Ends the session here and at Descope, and clears its cookies.
     *
     * @throws ServletException if the response was committed before: the session has ended all the same, but the browser keeps its cookies
     */
    @Override
    public void logout() throws ServletException {
        boolean isCleared = isForwardedElsewhere() || signOut.getAsBoolean();
        super.logout();
        requireCleared(isCleared);
    }

    static void requireCleared(boolean isCleared) throws ServletException {
        if (!isCleared) {
            throw new ServletException(
                    "logout() was called after the response had been committed. The session has ended, but its"
                            + " cookies could not be cleared: this node accepts them no more, another node of this application does until"
                            + " the session JWT expires. Call logout() before the response is written");
        }
    }

    @Override
    public HttpSession getSession() {
        PersonalResponse.askedFor(getRequest());
        return owned(super.getSession());
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        PersonalResponse.askedFor(getRequest());
        HttpSession httpSession = super.getSession(create);
        return httpSession == null ? null : owned(httpSession);
    }

    private HttpSession owned(HttpSession httpSession) {
        RequestIdentity identity = RequestIdentity.of(getRequest());
        identity.principal()
                .filter(user -> !isForwardedElsewhere())
                .ifPresent(user ->
                        httpSessionOwner.claim(httpSession, user.session().userId(), identity.isByCookie()));
        return httpSession;
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        PersonalResponse.askedFor(getRequest());
        return super.getCookies();
    }

    @Override
    public @Nullable String getHeader(String name) {
        askedForHeader(name);
        return super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        askedForHeader(name);
        return super.getHeaders(name);
    }

    private void askedForHeader(String name) {
        if ("Cookie".equalsIgnoreCase(name) || "Authorization".equalsIgnoreCase(name)) {
            PersonalResponse.askedFor(getRequest());
        }
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        if (Csrf.FIELD.equals(name)) {
            PersonalResponse.askedFor(getRequest());
        }
        return super.getAttribute(name);
    }

    private @Nullable DescopePrincipal principal() {
        PersonalResponse.askedFor(getRequest());
        return RequestIdentity.of(getRequest()).principal().orElse(null);
    }

    private boolean isForwardedElsewhere() {
        return !contextPath.equals(ApplicationAttribute.contextPath(getRequest()));
    }

    /** Whom the container itself asked us about is a user of the first application only. */
    private boolean isOfOtherLogin() {
        return !(super.getUserPrincipal() instanceof DescopePrincipal);
    }
}
