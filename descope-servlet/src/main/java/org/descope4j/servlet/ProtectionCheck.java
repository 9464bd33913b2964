package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends the start of an application whose container did not call {@link DescopeInitializer}: there are no filters then, and what is
 * protected would be open, without a line in the log. An {@code <absolute-ordering>} of {@code web.xml} that does not name our jar does
 * that. Found by the container in a tag library descriptor of our jar, which counts even then; applications do not call it. Where the
 * initializer was called and found filters, this does nothing.
 *
 * <p>Servers without Jakarta Pages read no tag library descriptor: {@code docs/servers.md} says which.
 */
public final class ProtectionCheck implements ServletContextListener {
    private @Nullable StartUp startUp;

    /** For the container. */
    public ProtectionCheck() {}

    /**
     * Takes over from the initializer that was not called: filters of ours that {@code web.xml} declares are judged and set up, and
     * where there are none, the application does not start.
     *
     * @param event names the application
     * @throws IllegalStateException if the container left our jar out, and nothing says that it is meant so
     * @throws IllegalArgumentException if the filters that {@code web.xml} declares would leave protected paths open
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (SignInApplication.find(context).isPresent()
                || DescopeInitializer.foundFilters(context).orElse(false)) {
            return;
        }
        List<DeclaredFilter> declared = WebXmlFilters.ofWebXml(context).ours();
        if (declared.isEmpty() && SettingSources.isSwitchedOff(context)) {
            NoFilters.requireNothingProtected(context);
            return;
        }
        if (declared.isEmpty()) {
            throw new IllegalStateException(
                    "Magic-link sign-in is in this application, but the server did not run its initializer: there are no"
                            + " filters, and nothing is protected. Most likely <absolute-ordering> of web.xml leaves its jar out:"
                            + " name it there with <name>descope</name>, or add <others/>. If nobody shall sign in here, set "
                            + SettingKey.AUTO_REGISTER.key() + "=false");
        }
        StartUp started = new StartUp(declared);
        startUp = started;
        started.contextInitialized(event);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (startUp != null) {
            startUp.contextDestroyed(event);
        }
    }
}
