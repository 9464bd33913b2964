package org.descope4j.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.function.BooleanSupplier;

/**
 * A request of a browser that has cookies of a session, while nobody can tell whose it is or whether it goes on. Nobody is signed in; but who
 * signs out then means that session, and must not find it again later.
 */
final class UnknownUserRequest extends HttpServletRequestWrapper {
    private final BooleanSupplier signOut;
    private final String contextPath;

    /** @param signOut ends the session when the application calls {@link #logout()}; whether its cookies could be cleared */
    UnknownUserRequest(HttpServletRequest request, BooleanSupplier signOut) {
        super(request);
        this.signOut = signOut;
        this.contextPath = ApplicationAttribute.contextPath(request);
    }

    /** @throws ServletException as {@link SignedInRequest#logout()} */
    @Override
    public void logout() throws ServletException {
        // another application that the request is forwarded to ends no session of this one (N4)
        boolean isForwardedElsewhere = !contextPath.equals(ApplicationAttribute.contextPath(getRequest()));
        boolean isCleared = isForwardedElsewhere || signOut.getAsBoolean();
        super.logout();
        SignedInRequest.requireCleared(isCleared);
    }
}
