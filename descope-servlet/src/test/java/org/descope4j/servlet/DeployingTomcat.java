package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.FileResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.jasper.servlet.JasperInitializer;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.jspecify.annotations.Nullable;

/** A Tomcat to which applications are deployed as in production: our jars and theirs come in a class loader that is not the server's. */
final class DeployingTomcat implements AutoCloseable {
    /** What a Tomcat has itself; everything else on the class path of the tests stays invisible to applications. */
    private static final List<String> SERVERS_OWN = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.w3c.",
            "org.xml.",
            "jakarta.servlet.",
            "jakarta.security.",
            "org.apache.catalina.",
            "org.apache.tomcat.",
            "org.apache.juli.",
            "org.apache.coyote.",
            "org.apache.naming.",
            "org.apache.jasper.",
            "org.apache.el.",
            "jakarta.el.");

    /** What {@code /docs/page.html} says. */
    static final String PAGE = "the protected page";

    private static final String DEFAULT_SERVLET = """
            <servlet>
              <servlet-name>default</servlet-name>
              <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
            </servlet>
            <servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>
            """;

    /** The library and what it needs, by the names of their files and directories. */
    private static final Pattern OF_APPLICATIONS =
            Pattern.compile("classes|(jersey|hk2|jakarta\\.(ws|json|inject|annotation)"
                    + "|aopalliance|javassist|osgi|yasson|parsson|encoder|bucket4j|descope)[^/]*\\.jar");

    private final Tomcat tomcat = new Tomcat();
    private final Path home;

    private DeployingTomcat(Path home) {
        this.home = home;
    }

    static DeployingTomcat start() throws IOException, LifecycleException {
        DeployingTomcat started = new DeployingTomcat(Files.createTempDirectory("tomcat"));
        started.tomcat.setBaseDir(started.home.toString());
        started.tomcat.setPort(0);
        started.tomcat.getConnector().setProperty("address", "127.0.0.1");
        started.tomcat.start();
        return started;
    }

    URI base(String contextPath) {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + contextPath);
    }

    /** An application with our jars in its own WEB-INF. */
    Context deploy(String contextPath, String webXml) throws IOException {
        return deploy(contextPath, webXml, new ServerClasses(Set.of()), true);
    }

    /** An application with our jars in its own WEB-INF, on a server that shows classes with these beginnings to nobody. */
    Context deployWithout(String hidden, String contextPath, String webXml) throws IOException {
        return deploy(contextPath, webXml, new ServerClasses(Set.of(hidden)), true);
    }

    /** An application that finds our jars in a class loader that it shares. */
    Context deploySharing(ClassLoader shared, String contextPath, String webXml) throws IOException {
        return deploy(contextPath, webXml, shared, false);
    }

    /** A class loader with our jars, for applications to share. */
    static URLClassLoader sharedLoader() {
        return new URLClassLoader(
                applicationClasses().map(DeployingTomcat::url).toArray(URL[]::new), new ServerClasses(Set.of()));
    }

    /**
     * An application as people build it: our library is a jar in its WEB-INF/lib. It has a page, {@code /docs/page.html}. The server has
     * Jakarta Pages, and so reads tag library descriptors, or not.
     *
     * @param attributes of the root of its web.xml
     * @param classes of its own
     */
    Context deployAsJar(String contextPath, boolean withPages, String attributes, String webXml, List<Class<?>> classes)
            throws IOException {
        Path directory = directory(attributes, webXml);
        Files.writeString(Files.createDirectory(directory.resolve("docs")).resolve("page.html"), PAGE);
        Path lib = Files.createDirectory(directory.resolve("WEB-INF/lib"));
        for (File path : applicationClasses().toList()) {
            if (path.isDirectory()) {
                Path compiled = path.toPath();
                // descope-servlet/target/classes
                Path module = compiled.getName(compiled.getNameCount() - 3);
                writeJar(lib.resolve(module + ".jar"), compiled);
            } else {
                Files.copy(path.toPath(), lib.resolve(path.getName()));
            }
        }
        for (Class<?> type : classes) {
            String file = type.getName().replace('.', '/') + ".class";
            Path target = directory.resolve("WEB-INF/classes").resolve(file);
            Files.createDirectories(requireNonNull(target.getParent()));
            try (InputStream content = requireNonNull(type.getClassLoader().getResourceAsStream(file))) {
                Files.copy(content, target);
            }
        }
        StandardContext context = context(contextPath, directory, new ServerClasses(Set.of()));
        // our library is on the class path of the tests, too
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        if (withPages) {
            context.addServletContainerInitializer(new JasperInitializer(), Set.of());
        }
        tomcat.getHost().addChild(context);
        return context;
    }

    private static void writeJar(Path jar, Path classes) throws IOException {
        try (ZipOutputStream content = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, content);
                content.closeEntry();
            }
        }
    }

    private Context deploy(String contextPath, String webXml, ClassLoader parent, boolean withJars) throws IOException {
        StandardContext context = context(contextPath, directory("", webXml), parent);
        if (withJars) {
            context.setResources(withJars(context));
        }
        tomcat.getHost().addChild(context);
        return context;
    }

    private Path directory(String attributes, String webXml) throws IOException {
        Path directory = Files.createTempDirectory(home, "app");
        Files.createDirectories(directory.resolve("WEB-INF"));
        Files.writeString(
                directory.resolve("WEB-INF/web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\" " + attributes + ">"
                        + DEFAULT_SERVLET + webXml + "</web-app>");
        return directory;
    }

    private StandardContext context(String contextPath, Path directory, ClassLoader parent) {
        StandardContext context = new StandardContext();
        context.setPath(contextPath);
        context.setName(contextPath);
        context.setDocBase(directory.toString());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        context.setParentClassLoader(parent);
        return context;
    }

    private static StandardRoot withJars(Context context) {
        StandardRoot root = new StandardRoot(context);
        applicationClasses().forEach(path -> {
            if (path.isDirectory()) {
                root.addPreResources(new DirResourceSet(root, "/WEB-INF/classes", path.toString(), "/"));
            } else {
                root.addPreResources(new FileResourceSet(root, "/WEB-INF/lib/" + path.getName(), path.toString(), "/"));
            }
        });
        return root;
    }

    /** The library, what it needs, and these tests. */
    private static Stream<File> applicationClasses() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(File::exists)
                .filter(file -> OF_APPLICATIONS.matcher(file.getName()).lookingAt())
                .filter(file -> !file.getPath().contains("descope-emulator"));
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    void undeploy(Context context) {
        tomcat.getHost().removeChild(context);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** The classes of the JDK and of Tomcat alone. */
    private static final class ServerClasses extends ClassLoader {
        private final Set<String> hidden;

        ServerClasses(Set<String> hidden) {
            super(DeployingTomcat.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (isServers(name)) {
                return super.loadClass(name, resolve);
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        public @Nullable URL getResource(String name) {
            return isServers(name.replace('/', '.')) ? super.getResource(name) : null;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return isServers(name.replace('/', '.')) ? super.getResources(name) : Collections.emptyEnumeration();
        }

        private boolean isServers(String name) {
            return SERVERS_OWN.stream().anyMatch(name::startsWith)
                    && hidden.stream().noneMatch(name::startsWith);
        }
    }
}
