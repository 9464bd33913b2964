package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The application's say in who signs in: maps the Descope user to an account of its own, adds roles, refuses. Found as a provider of
 * {@link java.util.ServiceLoader}; there may be one. Must be thread-safe.
 *
 * <p>Without one, whoever opens their link is signed in under their Descope user ID, with their Descope roles.
 */
public interface SignInHandler {
    /**
     * Decides about a sign-in that is proven, before any cookie is set. An exception counts as "cannot tell": nobody is signed in,
     * the link is spent, and the person sees a page that says to try again.
     *
     * @param signIn who opened their link
     * @return whether they are signed in, as whom, and with what roles beside those of Descope
     */
    SignInDecision decide(VerifiedSignIn signIn);

    /**
     * Called once the cookies are set and the {@code HttpSession}, if there is one, is the new user's: the place to fill it.
     *
     * @param signIn who is signed in now
     * @param request the request that signed them in
     */
    default void signedIn(VerifiedSignIn signIn, HttpServletRequest request) {
        // most applications have nothing to fill
    }
}
