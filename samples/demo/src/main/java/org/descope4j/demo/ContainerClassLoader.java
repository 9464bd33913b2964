package org.descope4j.demo;

import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a web application sees beside its own libraries: the JDK and Tomcat, as on a Tomcat that runs by itself. The
 * emulator's libraries stay hidden, resources too, or the application's JSON library would be found twice.
 */
final class ContainerClassLoader extends ClassLoader {
    private static final List<String> PACKAGES_OF_TOMCAT = List.of(
            "jakarta.servlet.",
            "jakarta.annotation.",
            "jakarta.security.auth.message.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.juli.",
            "org.apache.naming.",
            "org.apache.tomcat.");

    private final ClassLoader all;

    ContainerClassLoader(ClassLoader all) {
        super("container", ClassLoader.getPlatformClassLoader());
        this.all = all;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!isTomcats(name)) {
            throw new ClassNotFoundException(name);
        }
        return all.loadClass(name);
    }

    /** Tomcat reads the file of a class of its own when an application ends, to look for database drivers with it. */
    @Override
    protected @Nullable URL findResource(String name) {
        return isTomcats(name.replace('/', '.')) ? all.getResource(name) : null;
    }

    private static boolean isTomcats(String name) {
        return PACKAGES_OF_TOMCAT.stream().anyMatch(name::startsWith);
    }
}
