package org.descope4j.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filters when the web application starts. Found by the container; applications do not call it.
 *
 * <ol>
 *   <li>{@link DescopeApplication} on a class of the application is remembered as a source of configuration.
 *   <li>What the application constrains the container to protect is remembered, so that start-up can say who serves it.
 *   <li>Unless {@code descope.auto-register} is {@code false} or {@code web.xml} declares one of the filters, both are registered.
 *   <li>It leaves a mark, so that {@link ProtectionCheck} knows of an application whose container did not call it. Where there is no
 *       filter, a guard looks later whether the application installed them.
 *   <li>The configuration of registered and declared filters is read by a context listener, when all of its sources are there, since
 *       some servers make declared filters at the first request only; a missing project ID fails the deployment with a sentence
 *       that says what to set. So do declared filters that would leave protected paths open.
 * </ol>
 */
@HandlesTypes(DescopeApplication.class)
public final class DescopeInitializer implements ServletContainerInitializer {
    private static final String MARK = DescopeInitializer.class.getName();

    /** For the container. */
    public DescopeInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> annotated, ServletContext context) throws ServletException {
        // (1)
        if (annotated != null) {
            rememberAnnotation(annotated, context);
        }
        // (2)
        DeclaredConstraints.remember(context);
        // (3)
        List<DeclaredFilter> declared = DeclaredFilter.remember(context).stream()
                .filter(DeclaredFilter::isOurs)
                .toList();
        boolean isToRegister = declared.isEmpty() && !SettingSources.isSwitchedOff(context);
        if (isToRegister) {
            DescopeFilters.register(context, new BothFilters());
        }
        // (4)
        boolean hasFilters = isToRegister || !declared.isEmpty();
        context.setAttribute(MARK, hasFilters);
        if (!hasFilters) {
            InstallationGuard.register(context);
            return;
        }
        // (5)
        context.addListener(new StartUp(declared));
    }

    /** Whether there are filters of ours; empty where the container did not call the initializer for this application. */
    static Optional<Boolean> foundFilters(ServletContext context) {
        return context.getAttribute(MARK) instanceof Boolean hasFilters ? Optional.of(hasFilters) : Optional.empty();
    }

    private static void rememberAnnotation(Set<Class<?>> annotated, ServletContext context) throws ServletException {
        List<DescopeApplication> found = annotated.stream()
                .flatMap(type -> Arrays.stream(type.getAnnotationsByType(DescopeApplication.class)))
                .toList();
        if (found.size() > 1) {
            throw new ServletException(
                    "@DescopeApplication stands on " + found.size() + " classes of this application; keep one of them");
        }
        found.forEach(one -> context.setAttribute(DescopeApplication.class.getName(), one));
    }
}
