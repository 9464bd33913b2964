package org.descope4j.it.variants;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers every method alike, as Faces and JSP do. An ending is mapped at every path, so the word is only said at those that are to be
 * protected, as the server reads them.
 */
@WebServlet({"/secret/servlet/*", "*.act"})
public class Vault extends HttpServlet {
    /** What nobody may read without signing in. */
    public static final String WORD = "word-of-the-vault";

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        String path = request.getServletPath();
        boolean isVault = path.startsWith("/secret/") || path.equals("/sdir/welcome.act");
        response.getWriter().print(isVault ? WORD : "nothing to hide");
    }
}
