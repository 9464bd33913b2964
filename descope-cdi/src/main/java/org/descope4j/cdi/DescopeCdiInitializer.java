package org.descope4j.cdi;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells our beans which web applications they serve, so that an injected {@link org.descope4j.Descope} is the connection of the one
 * that calls, and which request a thread serves. Found by the servlet container; applications do not call it. CDI's own event for
 * the start of an application reaches no bean in the {@code lib} of an EAR.
 */
public final class DescopeCdiInitializer implements ServletContainerInitializer {
    private static final Logger LOG = System.getLogger(DescopeCdiInitializer.class.getName());

    /** For the container. */
    public DescopeCdiInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        ServedRequestFilter.register(context);
        context.addListener(new Announcement(context));
    }

    /** At a time when the CDI container is up on every server. */
    private static final class Announcement implements ServletContextListener {
        private final ServletContext application;

        Announcement(ServletContext application) {
            this.application = application;
        }

        @Override
        public void contextInitialized(ServletContextEvent event) {
            try {
                // none where the container does not look for beans in our jar
                CDI.current().select(RunningApplications.class).stream().forEach(all -> all.add(application));
            } catch (IllegalStateException | LinkageError e) {
                // an application may have our jar for MicroProfile Config alone
                LOG.log(Level.DEBUG, "No CDI container here: {0}", e.getMessage());
            }
        }
    }
}
