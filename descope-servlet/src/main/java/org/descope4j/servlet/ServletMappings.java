package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the servlets of an application are mapped. */
final class ServletMappings {
    private static final Logger LOG = System.getLogger(ServletMappings.class.getName());

    private ServletMappings() {}

    /** The mappings of all. */
    static Set<String> of(ServletContext context) {
        Set<String> mappings = new LinkedHashSet<>();
        context.getServletRegistrations().values().forEach(servlet -> mappings.addAll(servlet.getMappings()));
        return mappings;
    }

    /** The mappings of those whose class, or a class above it, has such a name. */
    static Set<String> of(ServletContext context, Predicate<String> className) {
        Set<String> mappings = new LinkedHashSet<>();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            String name = servlet.getClassName();
            if (name != null && (className.test(name) || isBelow(className, name, context.getClassLoader()))) {
                mappings.addAll(servlet.getMappings());
            }
        }
        return mappings;
    }

    private static boolean isBelow(Predicate<String> className, String name, @Nullable ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            while (type != null && !className.test(type.getName())) {
                type = type.getSuperclass();
            }
            return type != null;
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(Level.DEBUG, "Servlet {0} cannot be looked at: {1}", name, e.getMessage());
            return false;
        }
    }
}
