package org.descope4j.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;

/**
 * Stands where the application said that it installs the filters itself, and looks whether it did. Filters are initialised behind all
 * listeners on every server; of listeners, some servers call that of an initializer first (N8).
 */
final class InstallationGuard implements Filter {
    private static final Logger LOG = System.getLogger(InstallationGuard.class.getName());
    private static final String NAME = "descope-installation-guard";

    /** Every request meets it; where the name is taken, {@link ProtectionCheck} remains. */
    static void register(ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(NAME, new InstallationGuard());
        if (registration != null) {
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        }
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        try {
            NoFilters.requireNothingProtected(context);
        } catch (IllegalArgumentException e) {
            // some containers log the first line of the outermost exception only
            throw new ServletException(e.getMessage(), e);
        }
        if (SignInApplication.find(context).isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "{0}=false, and no filter of magic-link sign-in is declared or installed: nobody signs in here, and nothing is"
                            + " protected",
                    SettingKey.AUTO_REGISTER.key());
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }
}
