package org.descope4j.demo;

import java.util.List;

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
        if (PACKAGES_OF_TOMCAT.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return all.loadClass(name);
    }
}
