package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;

/** An application that makes its own settings; the context-params {@code project} and {@code base} say of which project. */
public final class Installing implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        DescopeSettings settings = DescopeSettings.forProject(context.getInitParameter("project"))
                .baseUri(context.getInitParameter("base"))
                .build();
        DescopeFilters.install(
                context,
                Descope.connect(settings),
                ServletSettings.forProject(settings)
                        .applicationName("Installed")
                        .protectedPaths("/docs/*")
                        .build());
    }
}
