package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.jspecify.annotations.Nullable;

/** A web application with our filters and the probe servlets, in a Tomcat of its own on a free port. */
final class ServedApplication implements AutoCloseable {
    static final String CONTEXT = "/app";
    static final String SECRET = "a secret of the tests of more than 32 characters";
    /** Of a busy machine: no test of this module is about a time that an answer takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Tomcat tomcat;
    private final DescopeEmulator emulator;

    private ServedApplication(Tomcat tomcat, DescopeEmulator emulator) {
        this.tomcat = tomcat;
        this.emulator = emulator;
    }

    static ServedApplication start(DescopeEmulator emulator) {
        return start(emulator, settings -> settings);
    }

    static ServedApplication start(DescopeEmulator emulator, UnaryOperator<ServletSettings.Builder> change) {
        return start(emulator, emulator.baseUri(), change);
    }

    static ServedApplication start(
            DescopeEmulator emulator, URI descope, UnaryOperator<ServletSettings.Builder> change) {
        return start(emulator, descope, change, Map.of());
    }

    /** With more in it than the probe servlets. */
    static ServedApplication start(
            DescopeEmulator emulator, UnaryOperator<ServletSettings.Builder> change, Consumer<Context> more) {
        return start(emulator, emulator.baseUri(), change, Map.of(), more);
    }

    /** With providers of the application's own, as it would name them in META-INF/services. */
    static ServedApplication start(
            DescopeEmulator emulator,
            URI descope,
            UnaryOperator<ServletSettings.Builder> change,
            Map<Class<?>, Class<?>> services) {
        return start(emulator, descope, change, services, context -> {});
    }

    /** With the container's form login on /legacy/*, and a filter in front of ours that signs in too. */
    static ServedApplication startWithFormLogin(DescopeEmulator emulator) {
        return start(emulator, emulator.baseUri(), settings -> settings, Map.of(), FormLogin::addTo);
    }

    private static ServedApplication start(
            DescopeEmulator emulator,
            URI descope,
            UnaryOperator<ServletSettings.Builder> change,
            Map<Class<?>, Class<?>> services,
            Consumer<Context> more) {
        emulator.stopClock(); // what a page says about time must not depend on how busy the machine is
        DescopeSettings settings = DescopeSettings.forProject(emulator.projectId())
                .baseUri(descope.toString())
                .clock(emulator.clock())
                .readTimeout(PATIENCE)
                .build();
        ServletSettings ours = change.apply(ServletSettings.forProject(settings)
                        .secrets(SECRET)
                        .deliveryMethods("email,sms")
                        .answerTime("0s")
                        .protectedPaths("/account,/account/*,/admin/*=editor"))
                .build();
        try {
            Path home = Files.createTempDirectory("tomcat");
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(home.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            tomcat.getConnector().setProperty("maxParameterCount", "1000");
            Context context = tomcat.addContext(CONTEXT, home.toString());
            context.setParentClassLoader(loaderOf(services));
            context.addServletContainerInitializer((types, servlets) -> FormLogin.addFilterTo(servlets), Set.of());
            context.addServletContainerInitializer(
                    (types, servlets) -> {
                        addServlets(servlets);
                        DescopeFilters.install(servlets, Descope.connect(settings), ours);
                    },
                    Set.of());
            more.accept(context);
            ErrorPage teapot = new ErrorPage();
            teapot.setErrorCode(418);
            teapot.setLocation("/who");
            context.addErrorPage(teapot);
            tomcat.start();
            if (context.getState() != LifecycleState.STARTED) {
                throw new IllegalStateException("The application did not start");
            }
            return new ServedApplication(tomcat, emulator);
        } catch (LifecycleException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ClassLoader loaderOf(Map<Class<?>, Class<?>> services) throws IOException {
        ClassLoader ours = ServedApplication.class.getClassLoader();
        if (services.isEmpty()) {
            return ours;
        }
        Path directory = Files.createTempDirectory("services");
        Path names = Files.createDirectories(directory.resolve("META-INF/services"));
        for (Map.Entry<Class<?>, Class<?>> service : services.entrySet()) {
            Files.writeString(
                    names.resolve(service.getKey().getName()),
                    service.getValue().getName());
        }
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, ours);
    }

    private static void addServlets(ServletContext context) {
        context.addServlet("who", new ProbeServlets.WhoAmI()).addMapping("/", "/who", "/account/*", "/admin/*");
        context.getServletRegistration("who");
        context.addServlet("visit", new ProbeServlets.Visit()).addMapping("/visit");
        context.addServlet("cached", new ProbeServlets.Cached()).addMapping("/account/cached");
        context.addServlet("plain", new ProbeServlets.Plain()).addMapping("/plain");
        context.addServlet("dated", new ProbeServlets.Dated()).addMapping("/dated");
        context.addServlet("logout", new ProbeServlets.Logout()).addMapping("/logout");
        context.addServlet("broken", new ProbeServlets.Broken()).addMapping("/broken");
        context.addServlet("inside", new ProbeServlets.Inside()).addMapping("/inside");
        context.addServlet("dear", new ProbeServlets.Dear()).addMapping("/dear");
        context.addServlet("reset", new ProbeServlets.Reset()).addMapping("/reset");
        var elsewhere = context.addServlet("thread", new ProbeServlets.InAnotherThread());
        elsewhere.setAsyncSupported(true);
        elsewhere.addMapping("/account/thread");
        var later = context.addServlet("later", new ProbeServlets.Later());
        later.setAsyncSupported(true);
        later.addMapping("/account/later");
    }

    /** What this application seals with. */
    ApplicationSeals seals() {
        return new ApplicationSeals(List.of(SECRET), emulator.projectId() + "\n\n" + CONTEXT);
    }

    /** Of the servlet context; null where it is not there. */
    @Nullable
    Object attribute(String name) {
        return ((Context) tomcat.getHost().findChildren()[0])
                .getServletContext()
                .getAttribute(name);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    URI base() {
        return URI.create("http://localhost:" + port() + CONTEXT);
    }

    /** A browser whose cookies grow old with the emulator's clock. */
    Browser browser() {
        return new Browser(base(), emulator.clock());
    }

    /** A browser whose clock stands still, so that it sends what is over. */
    Browser staleBrowser() {
        return new Browser(base(), java.time.Clock.fixed(emulator.clock().instant(), java.time.ZoneOffset.UTC));
    }

    /** A link as it was sent, at the address of this server. */
    URI linkTo(String loginId) {
        URI link = emulator.inbox().latest(loginId).link();
        return URI.create("http://localhost:" + port() + link.getRawPath() + "?" + link.getRawQuery());
    }

    Browser signedIn(String email) {
        return signIn(browser(), email);
    }

    Browser signIn(Browser browser, String email) {
        browser.askForLink("email", email, "");
        Answer answer = browser.get(linkTo(email).toString());
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
