package org.descope4j.samples.magiclink;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import org.descope4j.servlet.DescopePrincipal;
import org.descope4j.session.Session;
import org.owasp.encoder.Encode;

/**
 * The protected page: {@code descope.protected-paths} names it, so only a signed-in user comes here. Its form is what an
 * application needs to let users sign out.
 */
@WebServlet("/account")
public class AccountPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String ACCOUNT = """
            <h1>Your account</h1>
            <dl>
              <div><dt>Signed in as</dt><dd>%2$s</dd></div>
              <div><dt>Name</dt><dd>%3$s</dd></div>
              <div><dt>Roles</dt><dd>%4$s</dd></div>
              <div><dt>Permissions</dt><dd>%5$s</dd></div>
              <div><dt>Tenants</dt><dd>%6$s</dd></div>
            </dl>
            <form class="actions" method="post" action="%1$s/auth/sign-out">
              <input type="hidden" name="_descope_csrf" value="%7$s">
              <button>Sign out</button>
              <a href="%1$s/">Home</a>
            </form>
            """;

    /** For the server, which makes the only instance. */
    public AccountPage() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DescopePrincipal user = DescopePrincipal.of(request).orElseThrow();
        Session session = user.session();
        String content = ACCOUNT.formatted(
                Encode.forHtmlAttribute(request.getContextPath()),
                Encode.forHtml(user.loginId().orElse("none")),
                Encode.forHtml(user.displayName()),
                list(session.roles()),
                list(session.permissions()),
                list(session.tenants()),
                Encode.forHtmlAttribute(Objects.toString(request.getAttribute("_descope_csrf"), "")));
        Page.write("Your account", content, request, response);
    }

    private static String list(Collection<String> names) {
        return names.isEmpty() ? "none" : Encode.forHtml(String.join(", ", names));
    }
}
