package org.descope4j.it.constrained;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.descope4j.servlet.DescopePrincipal;

/** Says who is there, in every way that a servlet can ask. */
@WebServlet({"/who", "/private/who", "/owners/who"})
public class WhoPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var principal = request.getUserPrincipal();
        response.setContentType("text/plain");
        response.getWriter()
                .println("principal=" + (principal == null ? "none" : principal.getName()) + " member="
                        + request.isUserInRole("member") + " owner=" + request.isUserInRole("owner") + " type="
                        + request.getAuthType() + " login="
                        + DescopePrincipal.of(request)
                                .flatMap(DescopePrincipal::loginId)
                                .orElse("none"));
    }
}
