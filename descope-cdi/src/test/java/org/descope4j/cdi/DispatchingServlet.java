package org.descope4j.cdi;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands a request on as its path says, step by step, in the end to {@link GreetingServlet}. */
final class DispatchingServlet extends HttpServlet {
    static final int ERROR = 500;

    private static final long serialVersionUID = 1L;
    private static final String GREETING = "/greeting?ask=greet";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String path = request.getPathInfo().substring(1);
        int end = path.indexOf('/');
        String step = end < 0 ? path : path.substring(0, end);
        String next = end < 0 ? GREETING : "/by" + path.substring(end);
        switch (step) {
            case "forward" -> request.getRequestDispatcher(next).forward(request, response);
            case "include" -> request.getRequestDispatcher(next).include(request, response);
            case "async" -> request.startAsync().dispatch(next);
            case "error" -> response.sendError(ERROR);
            case "throw" -> throw new ServletException("for the error page");
            default -> throw new IllegalArgumentException(step);
        }
    }
}
