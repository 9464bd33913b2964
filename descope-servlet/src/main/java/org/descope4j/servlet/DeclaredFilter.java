package org.descope4j.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A filter of the application, as it is registered: ours, where {@code web.xml} declares it, or somebody else's. Immutable.
 *
 * @param className empty where it was registered as an object
 */
record DeclaredFilter(String name, String className, Map<String, String> initParameters, Set<String> urlPatterns) {
    private static final String ATTRIBUTE = DeclaredFilter.class.getName();
    private static final Set<String> OURS =
            Set.of(SessionFilter.class.getName(), MagicLinkFilter.class.getName(), BothFilters.class.getName());

    DeclaredFilter {
        initParameters = Map.copyOf(initParameters);
        urlPatterns = Set.copyOf(urlPatterns);
    }

    static DeclaredFilter of(FilterRegistration registration) {
        return new DeclaredFilter(
                registration.getName(),
                Objects.requireNonNullElse(registration.getClassName(), ""),
                registration.getInitParameters(),
                Set.copyOf(registration.getUrlPatternMappings()));
    }

    /** One of ours, where a container initialises it and no initializer looked. */
    static DeclaredFilter of(FilterConfig config) {
        Map<String, String> initParameters = Collections.list(config.getInitParameterNames()).stream()
                .collect(Collectors.toMap(name -> name, config::getInitParameter));
        return new DeclaredFilter(config.getFilterName(), "", initParameters, Set.of());
    }

    /** Looks for them while an initializer runs, since a listener of its may not. */
    static List<DeclaredFilter> remember(ServletContext context) {
        List<DeclaredFilter> all = all(context.getFilterRegistrations().values());
        context.setAttribute(
                ATTRIBUTE, all.stream().map(DeclaredFilter::withoutParameters).toList());
        return all;
    }

    /** Those that are there by now, or, for who may not look, that were there when an initializer looked. */
    static List<DeclaredFilter> in(ServletContext context) {
        try {
            return all(context.getFilterRegistrations().values());
        } catch (UnsupportedOperationException e) {
            // Servlet 6.0, 4.4: not for a listener that was added by a ServletContainerInitializer
            return remembered(context);
        }
    }

    private static List<DeclaredFilter> remembered(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof List<?> all
                ? all.stream().map(DeclaredFilter.class::cast).toList()
                : List.of();
    }

    private static List<DeclaredFilter> all(Collection<? extends FilterRegistration> registrations) {
        return registrations.stream().map(DeclaredFilter::of).toList();
    }

    boolean is(Class<?> filter) {
        return className.equals(filter.getName());
    }

    boolean isOurs() {
        return OURS.contains(className);
    }

    /** Anybody may look into a context attribute, and a secret may be among the parameters. */
    private DeclaredFilter withoutParameters() {
        return new DeclaredFilter(name, className, Map.of(), urlPatterns);
    }

    /** A secret may be among the parameters. */
    @Override
    public String toString() {
        return "DeclaredFilter[" + name + "]";
    }
}
