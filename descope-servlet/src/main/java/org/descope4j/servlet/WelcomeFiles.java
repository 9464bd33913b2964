package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a server sends for a directory (Servlet 6.0, 10.10): the first of the welcome files that is there, or a servlet that is mapped to
 * one. No API tells them, so they are read from {@code web.xml} and from fragments; where none is declared, servers have their own.
 * Immutable.
 */
final class WelcomeFiles {
    private static final Logger LOG = System.getLogger(WelcomeFiles.class.getName());
    private static final String WEB_XML = "/WEB-INF/web.xml";
    private static final String WEB_FRAGMENT = "META-INF/web-fragment.xml";

    /** Of every server that we know. */
    private static final List<String> BY_DEFAULT = List.of("index.html", "index.htm", "index.jsp");

    /** A servlet is mapped to these endings in every application; without the file it shows nothing. */
    private static final List<String> FILES_ONLY = List.of(".jsp", ".jspx", ".xhtml");

    private final List<String> declared;
    private final List<String> all;
    private final Set<String> mappings;

    private WelcomeFiles(List<String> declared, Set<String> mappings) {
        this.declared = declared;
        this.all =
                Stream.concat(declared.stream(), BY_DEFAULT.stream()).distinct().toList();
        this.mappings = mappings;
    }

    static WelcomeFiles of(ServletContext context) {
        Set<String> declared = new LinkedHashSet<>();
        try (InputStream webXml = context.getResourceAsStream(WEB_XML)) {
            if (webXml != null) {
                read(webXml, declared);
            }
            ClassLoader loader = context.getClassLoader();
            List<URL> fragments = loader == null ? List.of() : Collections.list(loader.getResources(WEB_FRAGMENT));
            for (URL fragment : fragments) {
                read(fragment, declared);
            }
        } catch (IOException | XMLStreamException e) {
            LOG.log(Level.WARNING, "The welcome files of web.xml could not be read: {0}", e.getMessage());
        }
        return new WelcomeFiles(List.copyOf(declared), ServletMappings.of(context));
    }

    private static void read(URL fragment, Set<String> declared) throws IOException, XMLStreamException {
        URLConnection connection = fragment.openConnection();
        // a cached jar would stay open after the application's end
        connection.setUseCaches(false);
        try (InputStream content = connection.getInputStream()) {
            read(content, declared);
        }
    }

    private static void read(InputStream descriptor, Set<String> declared) throws XMLStreamException {
        // the JDK's, whatever parser the application brings; nothing outside of the file is read
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(descriptor);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("welcome-file")) {
                String file = xml.getElementText().strip();
                declared.add(file.startsWith("/") ? file.substring(1) : file);
            }
        }
        xml.close();
    }

    /**
     * The paths that may be served for this one.
     *
     * @param directory with a slash at its end
     */
    List<String> under(String directory, ServletContext context) {
        List<String> served = new ArrayList<>();
        boolean isFileFound = false;
        for (String file : all) {
            String candidate = directory + file;
            boolean isFile = !isFileFound && isThere(candidate, context);
            isFileFound |= isFile;
            if (isFile || isMapped(candidate, declared.contains(file))) {
                served.add(candidate);
            }
        }
        return served;
    }

    private static boolean isThere(String path, ServletContext context) {
        try {
            return context.getResource(path) != null;
        } catch (MalformedURLException | RuntimeException e) {
            // a path that is none names no file; what servers throw for it differs
            return false;
        }
    }

    private boolean isMapped(String path, boolean isDeclared) {
        return mappings.stream().anyMatch(mapping -> {
            if (mapping.startsWith("*.")) {
                String ending = mapping.substring(1);
                return isDeclared && path.endsWith(ending) && !FILES_ONLY.contains(ending);
            }
            if (mapping.endsWith("/*")) {
                return mapping.length() > "/*".length() && path.startsWith(mapping.substring(0, mapping.length() - 1));
            }
            return mapping.equals(path);
        });
    }
}
