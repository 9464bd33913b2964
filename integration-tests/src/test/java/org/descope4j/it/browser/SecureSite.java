package org.descope4j.it.browser;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.security.Principal;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.servlet.DescopeFilters;
import org.descope4j.servlet.ServletSettings;

/** An application at the root context of a host of its own, by https, that says who is signed in. */
final class SecureSite implements AutoCloseable {
    private final Tomcat tomcat;
    private final URI uri;

    private SecureSite(Tomcat tomcat, URI uri) {
        this.tomcat = tomcat;
        this.uri = uri;
    }

    /** @param hostPrefix the value of {@code descope.cookie.host-prefix}; empty for what holds without it */
    static SecureSite start(DescopeEmulator emulator, String host, String hostPrefix, SelfSignedCertificate certificate)
            throws IOException, LifecycleException {
        int port = freePort();
        URI uri = URI.create("https://" + host + ":" + port + "/");
        DescopeSettings descope = DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .clock(emulator.clock())
                .build();
        ServletSettings.Builder settings = ServletSettings.forProject(descope)
                .publicUrl(uri.toString())
                .secrets("a secret of the tests of more than 32 characters")
                .protectedPaths("/account");
        if (!hostPrefix.isEmpty()) {
            settings.setting("cookie.host-prefix", hostPrefix);
        }
        ServletSettings ours = settings.build();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("secure-site").toString());
        tomcat.setConnector(connector(port, certificate));
        Context context =
                tomcat.addContext("", Files.createTempDirectory("pages").toString());
        context.setParentClassLoader(SecureSite.class.getClassLoader());
        context.addServletContainerInitializer(
                (types, servlets) -> {
                    servlets.addServlet("who", new Who()).addMapping("/");
                    DescopeFilters.install(servlets, Descope.connect(descope), ours);
                },
                Set.of());
        tomcat.start();
        return new SecureSite(tomcat, uri);
    }

    URI page(String path) {
        return uri.resolve(path);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static Connector connector(int port, SelfSignedCertificate certificate) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig tls = new SSLHostConfig();
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.RSA);
        own.setCertificateKeystoreFile(certificate.file().toString());
        own.setCertificateKeystorePassword(SelfSignedCertificate.PASSWORD);
        own.setCertificateKeystoreType("PKCS12");
        tls.addCertificate(own);
        connector.addSslHostConfig(tls);
        return connector;
    }

    /** Before the start, since the public URL names it. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Principal principal = request.getUserPrincipal();
            String name = principal instanceof org.descope4j.servlet.DescopePrincipal user
                    ? user.loginId().orElse("somebody")
                    : "";
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter()
                    .write("<!DOCTYPE html><title>Who</title><p>"
                            + (name.isEmpty() ? "Nobody is signed in." : "Signed in as " + name + "."));
        }
    }
}
