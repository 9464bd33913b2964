package org.descope4j.samples.magiclink;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.descope4j.servlet.DescopePrincipal;
import org.owasp.encoder.Encode;

/** The public page: says who is signed in, or offers to sign in. */
@WebServlet("")
public class HomePage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String NOT_SIGNED_IN = """
            <h1>Welcome</h1>
            <p>You are not signed in. You need no password: a link by e-mail is all.</p>
            <p class="actions">
              <a class="button" href="%1$s/auth/sign-in?returnTo=%1$s/account">Sign in</a>
              <a href="%1$s/account">Your account</a>
            </p>
            """;

    private static final String SIGNED_IN = """
            <h1>Welcome</h1>
            <p>You are signed in as <strong>%2$s</strong>.</p>
            <p class="actions">
              <a class="button" href="%1$s/account">Your account</a>
              <a href="%1$s/api/me">The same for programs</a>
            </p>
            """;

    /** For the server, which makes the only instance. */
    public HomePage() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String context = Encode.forHtmlAttribute(request.getContextPath());
        String content = DescopePrincipal.of(request)
                .map(user -> SIGNED_IN.formatted(context, Encode.forHtml(user.displayName())))
                .orElse(NOT_SIGNED_IN.formatted(context));
        Page.write("Welcome", content, request, response);
    }
}
