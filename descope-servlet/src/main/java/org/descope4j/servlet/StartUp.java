package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;
import org.descope4j.Descope;
import org.jspecify.annotations.Nullable;

/**
 * Puts the application together while it starts, so that a missing setting fails the deployment on every server, and the container
 * knows whom to ask before the first request: some make their filters at the first request only. Closes the connection to Descope
 * when the application ends.
 */
final class StartUp implements ServletContextListener {
    private final List<DeclaredFilter> declared;

    private @Nullable Descope descope;

    /** @param declared our filters, where {@code web.xml} declares them; their init-params count */
    StartUp(List<DeclaredFilter> declared) {
        this.declared = declared;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        // installed by an initializer or a listener of the application's own, which came first
        if (SignInApplication.find(context).isPresent()) {
            return;
        }
        ServletSettings settings = SettingSources.settings(context, declared);
        if (!declared.isEmpty()) {
            FilterCoverage.of(context, declared).require(settings);
        }
        Descope connected = Descope.connect(settings.descope());
        descope = connected;
        SignInApplication.make(context, connected, settings, null);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        SignInApplication.find(event.getServletContext()).ifPresent(SignInApplication::end);
        if (descope != null) {
            descope.close();
        }
    }
}
