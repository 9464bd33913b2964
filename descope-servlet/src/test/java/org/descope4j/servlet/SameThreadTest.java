package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.connector.Connector;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Tomcat with one thread: whatever a request leaves behind, the next one meets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SameThreadTest {
    private static final String ADA = "ada@example.com";
    private static final String EVE = "eve@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final Held held = new Held();
    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(emulator, settings -> settings, this::add);
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/who, name=" + ADA,
        "/account/x, name=" + ADA,
        "/inside?forward=/account/x, dispatch=FORWARD",
        "/inside?include=/account/x, dispatch=INCLUDE",
        "/broken, dispatch=ERROR",
        "/account/later, dispatch=ASYNC",
        "/account/thread, name=" + ADA,
        "/account/explodes, Internal Server Error",
        "/account/held, name=" + ADA,
        "/admin/x, Not allowed",
        "/logout, principal=none"
    })
    void C19_after_a_user_the_same_thread_serves_nobody(String path, String expected) {
        Browser ada = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        String thread = application.browser().get("/app/thread").body();

        Answer hers = ada.get("/app" + path);
        Answer nobodys = application.browser().get("/app/thread");

        assertThat(hers.body()).contains(expected);
        assertThat(nobodys.body())
                .isEqualTo(thread)
                .contains("principal=none remoteUser=null authType=null editor=false")
                .contains("name=none");
        assertThat(nobodys.setCookies()).isEmpty();
    }

    @Test
    void C18_C19_a_thread_that_goes_on_after_complete_never_sees_who_came_next() throws Exception {
        Browser eve = application.signedIn(EVE);
        assertThat(application.signedIn(ADA).get("/app/account/held").body()).contains("name=" + ADA);
        held.completed.get(10, TimeUnit.SECONDS);

        String during = eve.get("/app/peek").body();

        assertThat(during)
                .startsWith("principal=" + SessionRulesTest.subject(eve.cookie("DS")))
                .contains(" authType=DESCOPE ");
        assertThat(during.substring(during.indexOf("held: ")))
                .isIn("held: gone", "held: none", "held: " + held.subject);
    }

    private void add(Context context) {
        for (Connector connector :
                ((Engine) context.getParent().getParent()).getService().findConnectors()) {
            connector.setProperty("maxThreads", "1");
            connector.setProperty("minSpareThreads", "1");
        }
        context.addServletContainerInitializer(
                (types, servlets) -> {
                    servlets.addServlet("one", new OnWhichThread()).addMapping("/thread");
                    servlets.addServlet("explodes", new Explodes()).addMapping("/account/explodes");
                    servlets.addServlet("peek", new Peek(held)).addMapping("/peek");
                    ServletRegistration.Dynamic holding = servlets.addServlet("held", new Holding(held));
                    holding.setAsyncSupported(true);
                    holding.addMapping("/account/held");
                },
                Set.of());
    }

    /** A request that an application held on to. */
    private static final class Held {
        private final CompletableFuture<HttpServletRequest> completed = new CompletableFuture<>();
        private volatile String subject = "";

        String user() {
            try {
                HttpServletRequest request = completed.getNow(null);
                return request.getUserPrincipal() == null
                        ? "none"
                        : request.getUserPrincipal().getName();
            } catch (IllegalStateException e) {
                // Tomcat takes a request from who still holds it
                return "gone";
            }
        }
    }

    /** Answers in a thread of its own, which still has the request when the answer is complete. */
    private static final class Holding extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Held held;

        Holding(Held held) {
            this.held = held;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync(request, response);
            new Thread(() -> {
                        try {
                            held.subject = request.getUserPrincipal().getName();
                            response.getWriter().write(ProbeServlets.describe(request));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            context.complete();
                            held.completed.complete(request);
                        }
                    })
                    .start();
        }
    }

    /** Says who asks, and who it is in the request that was held, from another thread. */
    private static final class Peek extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Held held;

        Peek(Held held) {
            this.held = held;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String user = CompletableFuture.supplyAsync(held::user).join();
            response.getWriter().write(ProbeServlets.describe(request) + " held: " + user);
        }
    }

    private static final class OnWhichThread extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .write(ProbeServlets.describe(request) + " "
                            + Thread.currentThread().getName());
        }
    }

    private static final class Explodes extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException {
            throw new ServletException("exploded");
        }
    }
}
