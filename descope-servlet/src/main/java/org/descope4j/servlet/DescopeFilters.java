package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import org.descope4j.Descope;

/** Registers the filters, in the one order that is right, before those that {@code web.xml} declares. */
public final class DescopeFilters {
    private static final String NAME = "descope-filters";
    private static final EnumSet<DispatcherType> DISPATCHES =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

    private DescopeFilters() {}

    /**
     * Installs magic-link sign-in with a connection and settings of the application's own making, instead of configuration. To be
     * called while the application starts, from a {@code ServletContainerInitializer} or a {@code ServletContextListener} of
     * {@code web.xml}; set {@code descope.auto-register} to {@code false} then.
     *
     * @param context of the web application
     * @param descope stays the caller's, who closes it when the application ends
     * @param settings how to sign users in
     */
    public static void install(ServletContext context, Descope descope, ServletSettings settings) {
        requireNonNull(descope, "descope");
        requireNonNull(settings, "settings");
        if (SignInApplication.find(context).isPresent()) {
            throw registeredAlready();
        }
        SignInApplication application = SignInApplication.make(context, descope, settings, null);
        register(context, new BothFilters(application));
    }

    static void register(ServletContext context, BothFilters both) {
        FilterRegistration.Dynamic registration = context.addFilter(NAME, both);
        if (registration == null) {
            throw registeredAlready();
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(DISPATCHES, false, "/*");
    }

    private static IllegalStateException registeredAlready() {
        return new IllegalStateException(
                "The filters are registered already: declare them in web.xml, or install them, or let them"
                        + " register themselves, but one of these only; and call no filter of yours " + NAME);
    }
}
