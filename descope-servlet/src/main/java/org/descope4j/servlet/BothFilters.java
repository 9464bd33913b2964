package org.descope4j.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * {@link SessionFilter} and behind it {@link MagicLinkFilter}, registered as one: of filters that code maps in front of those of
 * {@code web.xml}, some servers run the last one first. Thread-safe.
 */
final class BothFilters implements Filter {
    private final SessionFilter session;
    private final MagicLinkFilter magicLink;

    BothFilters() {
        this(new SessionFilter(), new MagicLinkFilter());
    }

    BothFilters(SignInApplication application) {
        this(new SessionFilter(application), new MagicLinkFilter(application));
    }

    private BothFilters(SessionFilter session, MagicLinkFilter magicLink) {
        this.session = session;
        this.magicLink = magicLink;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        session.init(config);
        magicLink.init(config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        session.doFilter(request, response, (ours, answer) -> {
            if (ours.getDispatcherType() == DispatcherType.REQUEST) {
                magicLink.doFilter(ours, answer, chain);
            } else {
                chain.doFilter(ours, answer);
            }
        });
    }

    @Override
    public void destroy() {
        magicLink.destroy();
        session.destroy();
    }
}
