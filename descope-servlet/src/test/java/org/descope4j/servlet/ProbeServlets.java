package org.descope4j.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Servlets of an application that uses the filters. */
final class ProbeServlets {
    private ProbeServlets() {}

    /** Says who is signed in, by each way a servlet can ask. */
    static final class WhoAmI extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().write(describe(request));
        }
    }

    static String describe(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        return "principal=" + (principal == null ? "none" : principal.getName()) + " remoteUser="
                + request.getRemoteUser() + " authType=" + request.getAuthType() + " editor="
                + request.isUserInRole("editor") + " Editor=" + request.isUserInRole("Editor") + " name="
                + DescopePrincipal.of(request)
                        .map(DescopePrincipal::displayName)
                        .orElse("none")
                + " dispatch=" + request.getDispatcherType();
    }

    /** Has an HttpSession with a note of its first visitor. */
    static final class Visit extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            HttpSession session = request.getSession();
            if (request.getParameter("note") != null) {
                session.setAttribute("note", request.getParameter("note"));
            }
            response.getWriter().write("id=" + session.getId() + " note=" + session.getAttribute("note"));
        }
    }

    /** Goes on in another dispatch of the same request. */
    static final class Later extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync();
            context.dispatch("/account/who");
        }
    }

    /** Ends in an error page. */
    static final class Broken extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(418);
        }
    }

    /** Asks caches to keep what it says. */
    /** The same for everybody. */
    static final class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/css");
            response.getWriter().print("p { color: black }");
        }
    }

    /** Says in both ways until when it may be kept. */
    static final class Dated extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setDateHeader("Expires", 4102444800000L);
            response.addDateHeader("Expires", 4102444800000L);
            response.addHeader("Cache-Control", "public");
            response.getWriter().print("dated");
        }
    }

    static final class Cached extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Cache-Control", "public, max-age=60");
            response.setContentLength(2);
            response.getWriter().write("ok");
        }
    }

    /** Signs the user out the servlet way. */
    static final class Logout extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                request.logout();
            } catch (jakarta.servlet.ServletException e) {
                throw new IOException(e);
            }
            response.getWriter().write(describe(request));
        }
    }

    /** Leads inside, to what its parameter says. */
    static final class Inside extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (request.getParameter("forward") != null) {
                request.getRequestDispatcher(request.getParameter("forward")).forward(request, response);
                return;
            }
            request.getRequestDispatcher(request.getParameter("include")).include(request, response);
        }
    }

    /** Asks in another thread. */
    static final class InAnotherThread extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync(request, response);
            context.start(() -> {
                try {
                    response.getWriter().write(describe((HttpServletRequest) context.getRequest()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    context.complete();
                }
            });
        }
    }

    /** Throws away what is there, as error handlers do, and says something about caching. */
    static final class Reset extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.reset();
            response.setHeader("Vary", "Accept-Language");
            response.getWriter().write(describe(request));
        }
    }

    /** Wants to be sure that it is still the same person. */
    static final class Dear extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (StepUp.require(request, response, Duration.ofMinutes(5))) {
                response.getWriter().write(describe(request));
            }
        }
    }
}
