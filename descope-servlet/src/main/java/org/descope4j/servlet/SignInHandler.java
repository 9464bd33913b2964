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
     * Decides about a sign-in that is proven, before any cookie is set. Asked once for each link, also where a person clicks twice: both
     * clicks get its answer, the second when the first has it. Whatever it throws, errors too, and null count as "cannot tell": nobody is
     * signed in, the tokens are revoked at Descope, the link is spent, an event says {@link SignInEvent.Reason#APPLICATION_FAILED}, and the
     * person sees a page with its reference that says to try again. So it should not throw for what a second try would not change:
     * {@link SignInDecision#refuse} says that.
     *
     * @param signIn who opened their link
     * @return whether they are signed in, as whom, and with what roles beside those of Descope
     */
    SignInDecision decide(VerifiedSignIn signIn);

    /**
     * Called when all else is done and the {@code HttpSession}, if there is one, is the new user's: the place to fill it. The cookies go
     * out once this method has returned, so that a sign-in is whole or none: whatever it throws, errors too, nobody is signed in, no cookie
     * is set, the tokens are revoked at Descope, the {@code HttpSession} ends, an event says
     * {@link SignInEvent.Reason#APPLICATION_FAILED}, and the person sees a page with its reference. Who was signed in before stays so.
     *
     * <p>A person who clicks twice makes two requests, of which the browser keeps the answer to one. Each of them has an {@code HttpSession}
     * to be filled, so this may be called for both, one after the other, with the same sign-in; the event comes once.
     *
     * @param signIn who is about to be signed in
     * @param request the request that signs them in; its {@code getUserPrincipal} is still who was signed in before
     */
    default void signedIn(VerifiedSignIn signIn, HttpServletRequest request) {
        // most applications have nothing to fill
    }
}
