package org.descope4j.it.suite;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.descope4j.servlet.DescopePrincipal;
import org.jspecify.annotations.Nullable;

/** Says whom its application knows, and on request whose a session JWT is, asked in threads of three kinds. */
@WebServlet({"/desk", "/account/desk", "/private/desk"})
public class DeskPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // a servlet is never serialised
    private @Nullable Desk desk;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    @SuppressWarnings("serial")
    private @Nullable ExecutorService managed;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Desk ours = requireNonNull(desk);
        response.setContentType("text/plain");
        response.getWriter()
                .println("injected=" + ours.serves() + " request="
                        + DescopePrincipal.of(request)
                                .flatMap(DescopePrincipal::loginId)
                                .orElse("nobody") + " name="
                        + (request.getUserPrincipal() == null
                                ? "none"
                                : request.getUserPrincipal().getName()));
        String sessionJwt = request.getParameter("jwt");
        if (sessionJwt != null) {
            response.getWriter()
                    .println("here=" + ours.knows(sessionJwt) + " managed="
                            + in(requireNonNull(managed), ours, sessionJwt) + " elsewhere="
                            + in(DeskPage::inThreadOfNobody, ours, sessionJwt));
        }
    }

    private static String in(Executor executor, Desk desk, String sessionJwt) {
        return CompletableFuture.supplyAsync(() -> desk.knows(sessionJwt), executor)
                .join();
    }

    /** A thread that belongs to no application, as those of the common pool. */
    private static void inThreadOfNobody(Runnable task) {
        Thread thread = new Thread(task);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
    }
}
