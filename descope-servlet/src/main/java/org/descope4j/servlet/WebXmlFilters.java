package org.descope4j.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Filters and their mappings as {@code web.xml} and fragments declare them, in their order. The servlet API tells neither the order nor
 * the dispatcher types, and shows a listener that was not declared in {@code web.xml} nothing at all (Servlet 6.0, 4.4).
 */
final class WebXmlFilters {
    private static final Logger LOG = System.getLogger(WebXmlFilters.class.getName());

    private final Map<String, DeclaredFilter> filters = new LinkedHashMap<>();
    private final List<FilterMapping> mappings = new ArrayList<>();

    private WebXmlFilters() {}

    /** Those of {@code web.xml} alone. */
    static WebXmlFilters ofWebXml(ServletContext context) {
        return read(context, false);
    }

    /** Those of {@code web.xml}, and behind them those of the jars. */
    static WebXmlFilters ofAll(ServletContext context) {
        return read(context, true);
    }

    private static WebXmlFilters read(ServletContext context, boolean withFragments) {
        WebXmlFilters found = new WebXmlFilters();
        WebDescriptors descriptors = new WebDescriptors(context);
        try {
            descriptors.readWebXml(found::read);
            if (withFragments) {
                descriptors.readFragments(found::read);
            }
        } catch (IOException | XMLStreamException e) {
            LOG.log(Level.WARNING, "The filters of web.xml could not be read: {0}", e.getMessage());
        }
        return found;
    }

    /** Our filters among them. */
    List<DeclaredFilter> ours() {
        return filters.values().stream().filter(DeclaredFilter::isOurs).toList();
    }

    /** In the order in which the container calls the filters. */
    List<FilterMapping> mappings() {
        return List.copyOf(mappings);
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("filter")) {
                readFilter(xml);
            } else if (xml.getLocalName().equals("filter-mapping")) {
                readMapping(xml);
            }
        }
    }

    private void readFilter(XMLStreamReader xml) throws XMLStreamException {
        String name = "";
        String className = "";
        String parameter = "";
        Map<String, String> initParameters = new LinkedHashMap<>();
        while (isBefore("filter", xml)) {
            if (!xml.isStartElement()) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "filter-name" -> name = xml.getElementText().strip();
                case "filter-class" -> className = xml.getElementText().strip();
                case "param-name" -> parameter = xml.getElementText().strip();
                case "param-value" ->
                    initParameters.put(parameter, xml.getElementText().strip());
                default -> {}
            }
        }
        filters.putIfAbsent(name, new DeclaredFilter(name, className, initParameters, Set.of()));
    }

    private void readMapping(XMLStreamReader xml) throws XMLStreamException {
        String name = "";
        Set<String> urlPatterns = new LinkedHashSet<>();
        Set<DispatcherType> dispatchers = EnumSet.noneOf(DispatcherType.class);
        while (isBefore("filter-mapping", xml)) {
            if (!xml.isStartElement()) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "filter-name" -> name = xml.getElementText().strip();
                case "url-pattern" -> urlPatterns.add(xml.getElementText().strip());
                case "dispatcher" -> dispatcher(xml.getElementText().strip()).ifPresent(dispatchers::add);
                default -> {}
            }
        }
        // Servlet 6.0, 6.2.5: without a dispatcher, requests from the client
        mappings.add(new FilterMapping(
                name, urlPatterns, dispatchers.isEmpty() ? EnumSet.of(DispatcherType.REQUEST) : dispatchers));
    }

    private static boolean isBefore(String end, XMLStreamReader xml) throws XMLStreamException {
        return !(xml.next() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals(end));
    }

    private static Optional<DispatcherType> dispatcher(String name) {
        return Arrays.stream(DispatcherType.values())
                .filter(type -> type.name().equals(name))
                .findFirst();
    }
}
