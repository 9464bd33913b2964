package org.descope4j.samples.magiclink;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.owasp.encoder.Encode;

/** The protected page: only a signed-in user comes here. */
@WebServlet("/account")
public class AccountPage extends HttpServlet {

    /** For the server, which makes the only instance. */
    public AccountPage() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String main = """
                <h1>Your account</h1>
                <p>%s</p>
                """.formatted(Encode.forHtml(String.valueOf(request.getUserPrincipal())));
        Page.write("Your account", main, request, response);
    }
}
