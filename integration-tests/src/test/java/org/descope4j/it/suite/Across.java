package org.descope4j.it.suite;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forwards into another application of the server, whose context path stands in the query. */
@WebServlet("/across")
public class Across extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getServletContext()
                .getContext(request.getParameter("to"))
                .getRequestDispatcher("/desk")
                .forward(request, response);
    }
}
