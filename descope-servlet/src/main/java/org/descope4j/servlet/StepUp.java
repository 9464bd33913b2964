package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks for a fresh sign-in before something dear: a transfer, a new password, a deletion. Whole paths are better named by
 * {@code descope.fresh-paths}; this is for what depends on more than the path.
 */
public final class StepUp {
    private StepUp() {}

    /**
     * Tells whether the user of a request signed in a short while ago; otherwise answers in a way that the client understands, so that
     * the application only returns: a page goes to where the user is sent another link, and comes back; a program gets 401 with the
     * challenge of RFC 9470. Who is not signed in at all is asked to sign in.
     *
     * @param request below the filters
     * @param response not committed
     * @param maxAge how long ago the sign-in may be; at least a minute, in which a link can be opened
     * @return {@code true} to go on; {@code false} if the answer is given
     * @throws IOException if the answer cannot be written
     * @throws IllegalArgumentException if {@code maxAge} is shorter than a minute
     * @throws IllegalStateException where our filters are not set up
     */
    public static boolean require(HttpServletRequest request, HttpServletResponse response, Duration maxAge)
            throws IOException {
        if (requireNonNull(maxAge, "maxAge").compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("A sign-in can be a minute old at least, got " + maxAge);
        }
        SignInApplication application = SignInApplication.find(request.getServletContext())
                .orElseThrow(() -> new IllegalStateException(
                        "No filters of ours are set up in this application: see docs/configuration.md"));
        RequestIdentity identity = RequestIdentity.of(request);
        if (identity.principal().isEmpty()) {
            application.denial().unlessSignedIn(identity, request, response);
            return false;
        }
        if (application.isFresh(identity, maxAge)) {
            return true;
        }
        application.denial().freshSignInRequired(request, response, maxAge);
        return false;
    }
}
