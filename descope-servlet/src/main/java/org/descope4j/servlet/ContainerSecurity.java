package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;

/**
 * Sign-in by magic link for what the container itself protects ({@code <security-constraint>}, roles of EJBs), through Jakarta
 * Authentication. Not every server shows that API to applications. A class that is not there may stand in no signature of an
 * initializer: some servers drop the initializer then, log a line, and start the application without its filters. So
 * {@link MagicLinkAuthModule} alone names it, and is loaded only where it is asked for.
 */
final class ContainerSecurity {
    private static final Logger LOG = System.getLogger(ContainerSecurity.class.getName());

    private final Runnable removal;

    private ContainerSecurity(Runnable removal) {
        this.removal = removal;
    }

    /**
     * As it is wanted. Where it is not, but the container constrains something, whoever signs in by link stays outside of that: this is
     * told at every start, unless somebody said that it is meant so.
     */
    static ContainerSecurity of(Wanted wanted, ServletContext context) {
        if (wanted == Wanted.YES) {
            return serve(context);
        }
        Set<String> constrained = DeclaredConstraints.in(context);
        if (wanted == Wanted.UNSAID && !constrained.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The container constrains {0} by itself and does not see who signed in by link, so they are refused there. Set"
                            + " {1}=true to let the container ask, or protect by {2} instead; {1}=false where another login serves"
                            + " these constraints",
                    constrained,
                    SettingKey.CONTAINER_SECURITY.key(),
                    SettingKey.PROTECTED_PATHS.key());
        }
        return new ContainerSecurity(() -> {});
    }

    /** What the setting says. */
    enum Wanted {
        YES,
        NO,
        UNSAID
    }

    /**
     * Makes the container ask {@link MagicLinkAuthModule} who sends a request to this application.
     *
     * @throws IllegalArgumentException if the server has no Jakarta Authentication: what {@code web.xml} constrains would be closed to
     *     everybody
     */
    private static ContainerSecurity serve(ServletContext context) {
        try {
            return new ContainerSecurity(MagicLinkAuthModule.register(context));
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    SettingKey.CONTAINER_SECURITY.key() + " refused: this server (" + context.getServerInfo()
                            + ") shows no Jakarta Authentication to applications, or a copy of its API in WEB-INF/lib hides the"
                            + " server's. Remove the copy, or the key, and protect by "
                            + SettingKey.PROTECTED_PATHS.key()
                            + " what web.xml constrains",
                    e);
        }
    }

    /** The container stops asking; otherwise it would keep this application's classes after its end. May be called twice. */
    void end() {
        removal.run();
    }
}
