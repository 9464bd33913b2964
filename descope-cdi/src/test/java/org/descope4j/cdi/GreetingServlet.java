package org.descope4j.cdi;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Answers with what its injected beans say. */
public class GreetingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // a servlet is never serialised
    Greeter greeter;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(answer(request.getParameter("ask")));
    }

    private String answer(String question) {
        try {
            return said(question);
        } catch (NotSignedInException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String said(String question) {
        return switch (question) {
            case "greet" -> greeter.greet();
            case "elsewhere" -> CompletableFuture.supplyAsync(greeter::greet).join();
            case "toString" -> greeter.describe();
            case "keys" -> greeter.keys();
            default -> greeter.name();
        };
    }
}
