package org.descope4j.it.dispatched;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.descope4j.cdi.NotSignedInException;
import org.descope4j.cdi.SignedInUser;
import org.descope4j.servlet.DescopePrincipal;
import org.jspecify.annotations.Nullable;

/** Says who is there, in every way that a servlet and its beans can ask. */
@WebServlet(
        urlPatterns = {"/who", "/error"},
        asyncSupported = true)
public class Witness extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // a servlet is never serialised
    private @Nullable SignedInUser user;

    @Inject
    @SuppressWarnings("serial")
    private @Nullable DescopePrincipal principal;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal asked = request.getUserPrincipal();
        response.setContentType("text/plain");
        response.getWriter()
                .print("injected=" + injected() + " user="
                        + requireNonNull(user)
                                .find()
                                .map(DescopePrincipal::getName)
                                .orElse("nobody")
                        + " principal=" + (asked == null ? "nobody" : asked.getName()) + " remote="
                        + request.getRemoteUser() + " type=" + request.getAuthType() + " member="
                        + request.isUserInRole("member") + " owner=" + request.isUserInRole("owner"));
    }

    private String injected() {
        try {
            DescopePrincipal somebody = requireNonNull(principal);
            return somebody.getName() + somebody.roles();
        } catch (NotSignedInException e) {
            return "nobody";
        }
    }
}
