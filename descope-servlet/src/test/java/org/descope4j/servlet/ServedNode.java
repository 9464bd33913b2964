package org.descope4j.servlet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;

/**
 * One of several nodes with the same application: a Tomcat whose clock can be wrong, and whose application can start anew at the same
 * address, with the secret that all nodes share or with one of its own.
 */
final class ServedNode implements AutoCloseable {
    private static final String CONTEXT = "/app";
    private static final String SECRET = "a secret of all nodes of more than 32 characters";

    private final Tomcat tomcat = new Tomcat();
    private final ShiftedClock clock;
    private final DescopeSettings descope;
    private final List<Descope> connections = new ArrayList<>();
    private final String home;
    private boolean hasSharedSecret;

    private ServedNode(ShiftedClock clock, DescopeSettings descope, String home) {
        this.clock = clock;
        this.descope = descope;
        this.home = home;
    }

    /**
     * Starts one.
     *
     * @param descope where its application finds Descope
     * @param patience how long the application waits for an answer of Descope
     */
    static ServedNode start(DescopeEmulator emulator, URI descope, Duration patience) {
        try {
            ShiftedClock clock = new ShiftedClock(emulator.clock());
            DescopeSettings settings = DescopeSettings.forProject(emulator.projectId())
                    .baseUri(descope.toString())
                    .clock(clock)
                    .readTimeout(patience)
                    .build();
            ServedNode node = new ServedNode(
                    clock, settings, Files.createTempDirectory("node").toString());
            node.tomcat.setBaseDir(node.home);
            node.tomcat.setPort(0);
            node.tomcat.getConnector().setProperty("address", "127.0.0.1");
            node.tomcat.start();
            node.deploy(true);
            return node;
        } catch (LifecycleException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the application anew: what it kept in memory is gone. */
    void restart(boolean withSharedSecret) {
        tomcat.getHost().removeChild(tomcat.getHost().findChild(CONTEXT));
        disconnect();
        deploy(withSharedSecret);
    }

    private void deploy(boolean withSharedSecret) {
        hasSharedSecret = withSharedSecret;
        StandardContext context = new StandardContext();
        context.setName(CONTEXT);
        context.setPath(CONTEXT);
        context.setDocBase(home);
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addServletContainerInitializer(
                (types, servlets) -> {
                    servlets.addServlet("who", new ProbeServlets.WhoAmI())
                            .addMapping("/", "/who", "/account/*", "/online/*", "/fresh/*");
                    servlets.addServlet("logout", new ProbeServlets.Logout()).addMapping("/logout");
                    DescopeFilters.install(servlets, connection(), settings(withSharedSecret));
                },
                Set.of());
        tomcat.getHost().addChild(context);
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("The application did not start");
        }
    }

    private Descope connection() {
        Descope connection = Descope.connect(descope);
        connections.add(connection);
        return connection;
    }

    private void disconnect() {
        connections.forEach(Descope::close);
        connections.clear();
    }

    private ServletSettings settings(boolean withSharedSecret) {
        ServletSettings.Builder settings = ServletSettings.forProject(descope)
                .answerTime("0s")
                .limitPerRecipient("off")
                .limitPerAddress("off")
                .limitTotal("off")
                .protectedPaths("/account/*,/online/*,/fresh/*")
                .setting("online-check-paths", "/online/*")
                .setting("fresh-paths", "/fresh/*=10m");
        return (withSharedSecret ? settings.secrets(SECRET) : settings).build();
    }

    boolean hasSharedSecret() {
        return hasSharedSecret;
    }

    ShiftedClock clock() {
        return clock;
    }

    URI base() {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + CONTEXT);
    }

    /** A link as it was sent, at the address of this node. */
    String at(URI link) {
        return "http://localhost:" + tomcat.getConnector().getLocalPort() + link.getRawPath() + "?"
                + link.getRawQuery();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            disconnect();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
