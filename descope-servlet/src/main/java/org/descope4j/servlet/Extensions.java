package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What the application brings: providers of {@link ServiceLoader}, found once, at its start. */
final class Extensions {
    private Extensions() {}

    /** Of the application; an embedded server may know none but ours. */
    static ClassLoader loaderOf(ServletContext context) {
        ClassLoader loader = context.getClassLoader();
        return loader == null ? Extensions.class.getClassLoader() : loader;
    }

    /**
     * All of them.
     *
     * @throws IllegalArgumentException if one cannot be made
     */
    static <T> List<T> all(Class<T> type, ClassLoader loader) {
        try {
            return ServiceLoader.load(type, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalArgumentException(
                    "A " + type.getSimpleName() + " of the application cannot be made: " + e.getMessage()
                            + "; correct META-INF/services/" + type.getName() + " or the class that it names",
                    e);
        }
    }

    /**
     * The only one.
     *
     * @throws IllegalArgumentException if there are several, since no order between them is known
     */
    static <T> Optional<T> find(Class<T> type, ClassLoader loader) {
        List<T> all = all(type, loader);
        if (all.size() > 1) {
            throw new IllegalArgumentException("There may be one " + type.getSimpleName() + ", and the application has "
                    + all.stream().map(one -> one.getClass().getName()).toList()
                    + ": leave one of them in META-INF/services/" + type.getName());
        }
        return all.stream().findFirst();
    }
}
