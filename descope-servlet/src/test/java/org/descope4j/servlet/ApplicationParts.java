package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an application is made of, as its servlet context tells: files, servlets, a web.xml, and nothing else. */
final class ApplicationParts {
    private final Map<String, ServletRegistration> servlets = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<String> files = new ArrayList<>();
    private String webXml = "";

    ApplicationParts servlet(String className, String... mappings) {
        servlets.put("servlet " + servlets.size(), registration(className, Set.of(mappings)));
        return this;
    }

    ApplicationParts file(String path) {
        files.add(path);
        return this;
    }

    ApplicationParts parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    ApplicationParts webXml(String content) {
        webXml = "<web-app>" + content + "</web-app>";
        return this;
    }

    private static ServletRegistration registration(String className, Set<String> mappings) {
        return (ServletRegistration) Proxy.newProxyInstance(
                ApplicationParts.class.getClassLoader(),
                new Class<?>[] {ServletRegistration.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getName", "getClassName" -> className;
                    case "getMappings" -> mappings;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    ServletContext context() {
        return (ServletContext) Proxy.newProxyInstance(
                ApplicationParts.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> attributes.get(arguments[0]);
                    case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                    case "getInitParameter" -> parameters.get(arguments[0]);
                    case "getServletRegistrations" -> servlets;
                    case "getClassLoader" -> null;
                    case "getResource" -> resource((String) arguments[0]);
                    case "getResourceAsStream" ->
                        webXml.isEmpty() ? null : new ByteArrayInputStream(webXml.getBytes(UTF_8));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private @Nullable Object resource(String path) throws MalformedURLException {
        return files.contains(path) ? new URL("file:" + path) : null;
    }
}
