package org.descope4j.samples.magiclink;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.owasp.encoder.Encode;

/** The public page: says who is signed in, or offers to sign in. */
@WebServlet("")
public class HomePage extends HttpServlet {

    /** For the server, which makes the only instance. */
    public HomePage() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal user = request.getUserPrincipal();
        String context = Encode.forHtmlAttribute(request.getContextPath());
        String main = user == null ? """
                <h1>Magic Link Sample</h1>
                <p>You are not signed in. No password is needed: you get a link by e-mail.</p>
                <p class="actions"><a class="button" href="%1$s/auth/sign-in">Sign in</a> <a href="%1$s/account">Your account</a></p>
                """.formatted(context) : """
                <h1>Magic Link Sample</h1>
                <p>You are signed in as <strong>%2$s</strong>.</p>
                <p class="actions"><a class="button" href="%1$s/account">Your account</a></p>
                """.formatted(context, Encode.forHtml(user.getName()));
        Page.write("Welcome", main, request, response);
    }
}
