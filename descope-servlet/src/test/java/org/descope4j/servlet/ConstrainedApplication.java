package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.descope4j.emulator.DescopeEmulator;

/** A web application with constraints in its web.xml, in a Tomcat that finds everything by itself. */
final class ConstrainedApplication implements AutoCloseable {
    static final String CONTEXT = "/shop";

    private static final String HEAD = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Tomcat tomcat;
    private final Context context;
    private final DescopeEmulator emulator;

    private ConstrainedApplication(Tomcat tomcat, Context context, DescopeEmulator emulator) {
        this.tomcat = tomcat;
        this.context = context;
        this.emulator = emulator;
    }

    /** @param webXml what else stands in it, beside the project */
    static ConstrainedApplication start(DescopeEmulator emulator, String webXml) {
        return start(emulator, webXml, Map.of());
    }

    static ConstrainedApplication start(DescopeEmulator emulator, String webXml, Map<Class<?>, Class<?>> services) {
        return start("Tomcat" + COUNT.incrementAndGet(), emulator, webXml, services);
    }

    /** With a jar in its WEB-INF/lib that brings a piece of web.xml. */
    static ConstrainedApplication startWithFragment(DescopeEmulator emulator, String webXml, String fragment) {
        return start("Tomcat" + COUNT.incrementAndGet(), emulator, webXml, Map.of(), fragment);
    }

    /** @param server its name; the container keeps one authentication module for a path of a server */
    static ConstrainedApplication start(
            String server, DescopeEmulator emulator, String webXml, Map<Class<?>, Class<?>> services) {
        return start(server, emulator, webXml, services, "");
    }

    private static ConstrainedApplication start(
            String server, DescopeEmulator emulator, String webXml, Map<Class<?>, Class<?>> services, String fragment) {
        try {
            Path home = Files.createTempDirectory("constrained");
            Path webInf = Files.createDirectories(home.resolve("app/WEB-INF"));
            Files.writeString(webInf.resolve("web.xml"), HEAD + settings(emulator) + webXml + "</web-app>");
            if (!fragment.isEmpty()) {
                writeJar(Files.createDirectories(webInf.resolve("lib")).resolve("part.jar"), fragment);
            }
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(home.resolve("work").toString());
            tomcat.setPort(0);
            tomcat.getEngine().setName(server);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addWebapp(CONTEXT, home.resolve("app").toString());
            context.setParentClassLoader(ServedApplication.loaderOf(services));
            context.addServletContainerInitializer((types, servlets) -> addServlets(servlets), Set.of());
            tomcat.start();
            return new ConstrainedApplication(tomcat, context, emulator);
        } catch (LifecycleException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeJar(Path jar, String fragment) throws IOException {
        try (ZipOutputStream content = new ZipOutputStream(Files.newOutputStream(jar))) {
            content.putNextEntry(new ZipEntry("META-INF/web-fragment.xml"));
            content.write((HEAD.replace("web-app", "web-fragment") + fragment + "</web-fragment>").getBytes(UTF_8));
            content.closeEntry();
        }
    }

    /** Which project, and where it is. */
    static String settings(DescopeEmulator emulator) {
        return parameter("descope.project-id", emulator.projectId())
                + parameter("descope.base-url", emulator.baseUri().toString())
                + parameter("descope.answer-time", "0s");
    }

    static String parameter(String name, String value) {
        return "<context-param><param-name>" + name + "</param-name><param-value>" + value
                + "</param-value></context-param>";
    }

    static String constraint(String pattern, String role) {
        return "<security-constraint><web-resource-collection><web-resource-name>" + role
                + "</web-resource-name><url-pattern>" + pattern
                + "</url-pattern></web-resource-collection><auth-constraint><role-name>" + role
                + "</role-name></auth-constraint></security-constraint>";
    }

    private static void addServlets(ServletContext servlets) {
        servlets.addServlet("who", new ProbeServlets.WhoAmI()).addMapping("/", "/who");
        servlets.addServlet("visit", new ProbeServlets.Visit()).addMapping("/account/visit");
        servlets.addServlet("logout", new ProbeServlets.Logout()).addMapping("/account/logout");
        servlets.addServlet("asking", new Asking()).addMapping("/asking");
        var later = servlets.addServlet("later", new Later());
        later.setAsyncSupported(true);
        later.addMapping("/account/later");
    }

    /** Wants to know who it is, where no constraint does. */
    static final class Asking extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (request.authenticate(response)) {
                response.getWriter().write(ProbeServlets.describe(request));
            }
        }
    }

    /** Goes on in another thread, and then in another dispatch. */
    static final class Later extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync();
            context.start(() -> context.dispatch("/account/who"));
        }
    }

    Context context() {
        return context;
    }

    Browser browser() {
        return new Browser(
                URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + CONTEXT), emulator.clock());
    }

    Browser signIn(Browser browser, String email) {
        browser.askForLink("email", email, "");
        URI link = emulator.inbox().latest(email).link();
        Answer answer = browser.get(link.toString());
        if (answer.status() != 303 || !browser.has("DS")) {
            throw new AssertionError("Sign-in failed: " + answer.everything());
        }
        return browser;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
