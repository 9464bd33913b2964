package org.descope4j.servlet;

import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Servers that run one web application each, on a free port. */
enum Servers {
    TOMCAT_WITH_RELATIVE_REDIRECTS {
        @Override
        Running start(String contextPath, ServletContainerInitializer application) throws Exception {
            return tomcat(contextPath, application, true);
        }
    },
    TOMCAT_WITH_ABSOLUTE_REDIRECTS {
        @Override
        Running start(String contextPath, ServletContainerInitializer application) throws Exception {
            return tomcat(contextPath, application, false);
        }
    },
    JETTY {
        @Override
        Running start(String contextPath, ServletContainerInitializer application) throws Exception {
            Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ServletContextHandler context = new ServletContextHandler(
                    contextPath.isEmpty() ? "/" : contextPath, ServletContextHandler.SESSIONS);
            context.addServletContainerInitializer(application);
            server.setHandler(context);
            server.start();
            return new Running(((ServerConnector) server.getConnectors()[0]).getLocalPort(), server::stop);
        }
    },
    UNDERTOW {
        @Override
        Running start(String contextPath, ServletContainerInitializer application) throws Exception {
            DeploymentInfo deployment = Servlets.deployment()
                    .setClassLoader(Servers.class.getClassLoader())
                    .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
                    .setDeploymentName("application")
                    .addServletContainerInitializer(new ServletContainerInitializerInfo(
                            application.getClass(), new ImmediateInstanceFactory<>(application), Set.of()));
            DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
            manager.deploy();
            PathHandler handler = new PathHandler().addPrefixPath(deployment.getContextPath(), manager.start());
            Undertow server =
                    Undertow.builder().addHttpListener(0, "127.0.0.1", handler).build();
            server.start();
            InetSocketAddress address =
                    (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
            return new Running(address.getPort(), server::stop);
        }
    };

    abstract Running start(String contextPath, ServletContainerInitializer application) throws Exception;

    /** A server, and how it ends. */
    record Running(int port, AutoCloseable stop) implements AutoCloseable {
        @Override
        public void close() {
            try {
                stop.close();
            } catch (Exception e) {
                // each server throws something else
                throw new IllegalStateException("The server does not end", e);
            }
        }
    }

    private static Running tomcat(
            String contextPath, ServletContainerInitializer application, boolean relativeRedirects) throws Exception {
        Path home = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(home.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext(contextPath, home.toString());
        context.setUseRelativeRedirects(relativeRedirects);
        context.addServletContainerInitializer(application, Set.of());
        tomcat.start();
        return new Running(tomcat.getConnector().getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }
}
