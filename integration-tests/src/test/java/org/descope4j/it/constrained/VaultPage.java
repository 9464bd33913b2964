package org.descope4j.it.constrained;

import jakarta.ejb.EJBAccessException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Opens the vault for whoever asks. */
@WebServlet("/vault")
public class VaultPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        Vault vault = vault();
        response.getWriter().println("open=" + answerOf(vault::open) + " empty=" + answerOf(vault::empty));
    }

    /** The name is a constant; it comes from nobody. */
    @SuppressWarnings("BanJNDI")
    private static Vault vault() {
        try {
            return InitialContext.doLookup("java:module/Vault");
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answerOf(java.util.function.Supplier<String> call) {
        try {
            return call.get();
        } catch (EJBAccessException e) {
            return "denied";
        }
    }
}
