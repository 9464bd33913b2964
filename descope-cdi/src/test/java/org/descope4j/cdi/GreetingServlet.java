package org.descope4j.cdi;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.descope4j.servlet.DescopePrincipal;

/** Answers with what its injected beans say. */
public class GreetingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // a servlet is never serialised
    Greeter greeter;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=UTF-8");
        if ("sign-out".equals(request.getParameter("ask"))) {
            request.logout();
        }
        if ("everything".equals(request.getParameter("ask"))) {
            response.getWriter().write(compared(request));
            return;
        }
        response.getWriter().write(answer(request.getParameter("ask")));
    }

    /** The questions to which the injected principal has another answer than that of the request, and how many there are. */
    private String compared(HttpServletRequest request) throws ServletException {
        try {
            DescopePrincipal ofRequest = DescopePrincipal.of(request).orElseThrow();
            Map<String, List<Object>> answers = greeter.everything(ofRequest);
            return answers.keySet() + " differ: "
                    + answers.entrySet().stream()
                            .filter(answer -> !answer.getValue()
                                    .get(0)
                                    .equals(answer.getValue().get(1)))
                            .toList()
                    + ", signed in at a known time: " + ofRequest.signedInAt().isPresent();
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
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
            case "elsewhere-in-scope" ->
                CompletableFuture.supplyAsync(greeter::greetInRequestScope).join();
            case "toString" -> greeter.describe();
            case "sign-out" -> greeter.greet() + " " + greeter.describe();
            case "principals" ->
                CDI.current().getBeanManager().getBeans(Principal.class).toString();
            case "keys" -> greeter.keys();
            case "keys-after-closing" -> greeter.keysAfterClosing();
            case "keys-elsewhere" ->
                CompletableFuture.supplyAsync(greeter::keys, GreetingServlet::inThreadOfNobody)
                        .join();
            case "keys-in-scope" ->
                CompletableFuture.supplyAsync(greeter::keysInRequestScope).join();
            default -> greeter.name();
        };
    }

    /** Whose context class loader is none of an application's. */
    private static void inThreadOfNobody(Runnable task) {
        Thread thread = new Thread(task);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        thread.start();
    }
}
