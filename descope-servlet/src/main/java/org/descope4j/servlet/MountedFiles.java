package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A servlet of the server that sends the application's files, mapped to a prefix, may send all of them below it: {@code /files/a.txt} is
 * {@code /a.txt}. Immutable.
 */
final class MountedFiles {
    private static final Set<String> SERVLETS = Set.of(
            "org.apache.catalina.servlets.DefaultServlet",
            "org.apache.catalina.servlets.WebdavServlet",
            "org.eclipse.jetty.ee10.servlet.DefaultServlet",
            "org.eclipse.jetty.ee10.servlet.ResourceServlet",
            "org.eclipse.jetty.ee11.servlet.DefaultServlet",
            "org.eclipse.jetty.ee11.servlet.ResourceServlet",
            "io.undertow.servlet.handlers.DefaultServlet");

    private final Set<String> prefixes;

    private MountedFiles(Set<String> prefixes) {
        this.prefixes = prefixes;
    }

    static MountedFiles of(ServletContext context) {
        Set<String> prefixes = new LinkedHashSet<>();
        ServletMappings.of(context, SERVLETS::contains).stream()
                .filter(mapping -> mapping.endsWith("/*") && mapping.length() > "/*".length())
                .forEach(mapping -> prefixes.add(mapping.substring(0, mapping.length() - "/*".length())));
        return new MountedFiles(prefixes);
    }

    /** The files that may be sent at this path instead of its own. */
    Set<String> addressesOf(String path) {
        Set<String> files = new LinkedHashSet<>();
        prefixes.stream()
                .filter(prefix -> path.startsWith(prefix + "/"))
                .forEach(prefix -> files.add(path.substring(prefix.length())));
        return files;
    }
}
