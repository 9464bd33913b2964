package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** {@code web.xml} and the {@code web-fragment.xml} of jars, as they are written: the servlet API does not tell all that is in them. */
final class WebDescriptors {
    private static final String WEB_XML = "/WEB-INF/web.xml";
    private static final String WEB_FRAGMENT = "META-INF/web-fragment.xml";

    private final ServletContext context;

    WebDescriptors(ServletContext context) {
        this.context = context;
    }

    /** What reads one of them from its beginning. */
    interface Reader {
        void read(XMLStreamReader xml) throws XMLStreamException;
    }

    /** Reads {@code web.xml}, if the application has one. */
    void readWebXml(Reader reader) throws IOException, XMLStreamException {
        try (InputStream webXml = context.getResourceAsStream(WEB_XML)) {
            if (webXml != null) {
                read(webXml, reader);
            }
        }
    }

    /** Reads that of each jar, in no certain order; whether the container left one out is not known here. */
    void readFragments(Reader reader) throws IOException, XMLStreamException {
        for (URL fragment : Collections.list(Extensions.loaderOf(context).getResources(WEB_FRAGMENT))) {
            URLConnection connection = fragment.openConnection();
            // a cached jar would stay open after the application's end
            connection.setUseCaches(false);
            try (InputStream content = connection.getInputStream()) {
                read(content, reader);
            }
        }
    }

    private static void read(InputStream descriptor, Reader reader) throws XMLStreamException {
        // the JDK's, whatever parser the application brings; nothing outside of the file is read
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(descriptor);
        reader.read(xml);
        xml.close();
    }
}
