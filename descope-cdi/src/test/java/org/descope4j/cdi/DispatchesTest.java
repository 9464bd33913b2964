package org.descope4j.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bean is asked who is signed in while a request goes from one servlet to the next. */
@TestInstance(Lifecycle.PER_CLASS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class DispatchesTest {
    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Boolean> serving = new ConcurrentLinkedQueue<>();

    @BeforeAll
    void start(@TempDir Path directory) throws LifecycleException {
        System.setProperty("descope.project-id", emulator.projectId());
        System.setProperty("descope.base-url", emulator.baseUri().toString());
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addWebapp("", directory.toString());
        Tomcat.addServlet(context, "greeting", GreetingServlet.class.getName()).addMapping("/greeting");
        Wrapper by = Tomcat.addServlet(context, "by", new DispatchingServlet());
        by.setAsyncSupported(true);
        by.addMapping("/by/*");
        ErrorPage page = new ErrorPage();
        page.setErrorCode(DispatchingServlet.ERROR);
        page.setLocation("/greeting?ask=greet");
        context.addErrorPage(page);
        context.getPipeline().addValve(new AfterTheApplication());
        tomcat.start();
    }

    @AfterAll
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        emulator.close();
        System.clearProperty("descope.project-id");
        System.clearProperty("descope.base-url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forward",
                "include",
                "async",
                "error",
                "throw",
                "forward/error",
                "async/forward",
                "async/include",
                "async/async",
                "async/error",
                "async/throw",
                "async/forward/error"
            })
    void C18_a_bean_sees_the_same_user_in_every_dispatch(String steps) throws Exception {
        String sessionJwt = emulator.signIn("ada@example.com").sessionJwt();
        String own = ask("/greeting?ask=greet", sessionJwt);

        assertThat(own).startsWith("U");
        assertThat(ask("/by/" + steps, sessionJwt)).isEqualTo(own);
        assertThat(ask("/by/" + steps, "")).isEqualTo("nobody");
    }

    @Test
    void C19_nothing_stays_with_the_thread_after_the_request_however_it_ends() throws Exception {
        String sessionJwt = emulator.signIn("ben@example.com").sessionJwt();
        serving.clear();

        ask("/greeting?ask=greet", sessionJwt);
        ask("/by/forward", sessionJwt);
        ask("/by/throw", sessionJwt);
        ask("/by/async/async", sessionJwt);
        ask("/by/async/throw", sessionJwt);

        assertThat(serving).hasSizeGreaterThanOrEqualTo(5).containsOnly(false);
    }

    private String ask(String path, String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    /** Looks, on the thread of the container, what is left there when the filters are through. */
    private final class AfterTheApplication extends ValveBase {
        AfterTheApplication() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            try {
                getNext().invoke(request, response);
            } finally {
                serving.add(ServedRequest.current().isPresent());
            }
        }
    }
}
