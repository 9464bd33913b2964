package org.descope4j.servlet;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.descope4j.Descope;
import org.jspecify.annotations.Nullable;

/**
 * Puts the application together while it starts, so that a missing setting fails the deployment on every server: some make their
 * filters at the first request only. Closes the connection to Descope when the application ends.
 */
final class StartUp implements ServletContextListener {
    private @Nullable Descope descope;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        UnknownKeys.refuse(event.getServletContext(), null);
        ServletSettings settings = ServletSettings.from(SettingSources.of(event.getServletContext(), null));
        Descope connected = Descope.connect(settings.descope());
        descope = connected;
        SignInApplication.make(event.getServletContext(), connected, settings, null);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        SignInApplication.find(event.getServletContext())
                .ifPresent(application -> application.containerSecurity().end());
        if (descope != null) {
            descope.close();
        }
    }
}
