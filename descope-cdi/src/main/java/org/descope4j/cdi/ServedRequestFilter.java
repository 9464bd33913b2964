package org.descope4j.cdi;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;

/** Lets injected beans know which request they are asked about, in whichever dispatch. It answers and changes nothing. */
final class ServedRequestFilter implements Filter {
    private static final Logger LOG = System.getLogger(ServedRequestFilter.class.getName());
    private static final String NAME = "descope-served-request";

    private final ServletContext application;

    private ServedRequestFilter(ServletContext application) {
        this.application = application;
    }

    /** In front of the filters of {@code web.xml}, so that these may use the beans. */
    static void register(ServletContext application) {
        FilterRegistration.Dynamic registration = application.addFilter(NAME, new ServedRequestFilter(application));
        if (registration == null) {
            LOG.log(
                    Level.WARNING,
                    "Another filter is called {0}: rename it, or injected beans may see nobody in asynchronous dispatches",
                    NAME);
            return;
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)) {
            chain.doFilter(request, response);
            return;
        }
        ServedRequest outer = ServedRequest.begin(new ServedRequest(http, application));
        try {
            chain.doFilter(request, response);
        } finally {
            ServedRequest.end(outer);
        }
    }
}
