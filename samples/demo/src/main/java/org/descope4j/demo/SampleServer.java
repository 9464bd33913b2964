package org.descope4j.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** An embedded Tomcat on the loopback interface with the sample as its only application. */
final class SampleServer implements AutoCloseable {
    private final Tomcat tomcat;
    private final Path directory;
    private final URI uri;

    private SampleServer(Tomcat tomcat, Path directory, URI uri) {
        this.tomcat = tomcat;
        this.directory = directory;
        this.uri = uri;
    }

    /**
     * Starts Tomcat.
     *
     * @param settings what the application is told, by context parameters
     */
    static SampleServer start(Path webapp, int port, Map<String, String> settings) {
        Path directory = newDirectory();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.getEngine().setParentClassLoader(new ContainerClassLoader(SampleServer.class.getClassLoader()));
        Connector connector = connectorOn(port);
        tomcat.setConnector(connector);
        Context application = deploy(webapp, tomcat);
        try {
            tomcat.init(); // binds the port, so that it is known before the application starts
            URI uri = URI.create("http://localhost:" + connector.getLocalPort() + "/");
            settings.forEach(application::addParameter);
            application.addParameter("descope.public-url", uri.toString());
            tomcat.start();
            SampleServer server = new SampleServer(tomcat, directory, uri);
            if (application.getState() != LifecycleState.STARTED) {
                server.close();
                throw new IllegalStateException("The sample did not start: the log says why.");
            }
            return server;
        } catch (LifecycleException e) {
            delete(directory);
            throw new IllegalStateException("Tomcat did not start on port " + port + ".", e);
        }
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not stop.", e);
        } finally {
            delete(directory);
        }
    }

    private static Connector connectorOn(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        return connector;
    }

    static Context deploy(Path webapp, Tomcat tomcat) {
        tomcat.setAddDefaultWebXmlToWebapp(false); // it asks for JSP
        Context application = tomcat.addWebapp(
                tomcat.getHost(), "", webapp.toAbsolutePath().normalize().toString(), new ContextConfig());
        Wrapper files = Tomcat.addServlet(application, "default", new DefaultServlet());
        files.setLoadOnStartup(1);
        files.addMapping("/");
        application.addMimeMapping("css", "text/css");
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false); // the launcher's libraries are not the application's
        application.setJarScanner(scanner);
        return application;
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("descope-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
