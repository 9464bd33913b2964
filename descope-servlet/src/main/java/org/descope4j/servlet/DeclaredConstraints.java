package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The URL patterns that the container itself opens to certain roles only. No API tells them, so they are read where they are written:
 * {@code <security-constraint>} of {@code web.xml} and of fragments, {@code @ServletSecurity} on servlets. A constraint without a
 * role, which is closed to everybody, is none that somebody could sign in for.
 */
final class DeclaredConstraints {
    private static final Logger LOG = System.getLogger(DeclaredConstraints.class.getName());
    private static final String ATTRIBUTE = DeclaredConstraints.class.getName();

    private final Set<String> patterns = new LinkedHashSet<>();

    private DeclaredConstraints() {}

    /** Looks for them; only while an initializer runs, since a listener of its may not see the servlets. */
    static void remember(ServletContext context) {
        DeclaredConstraints found = new DeclaredConstraints();
        WebDescriptors descriptors = new WebDescriptors(context);
        try {
            descriptors.readWebXml(found::read);
            descriptors.readFragments(found::read);
        } catch (IOException | XMLStreamException e) {
            LOG.log(Level.WARNING, "What web.xml constrains could not be read: {0}", e.getMessage());
        }
        ClassLoader loader = Extensions.loaderOf(context);
        context.getServletRegistrations().values().forEach(servlet -> found.look(servlet, loader));
        context.setAttribute(ATTRIBUTE, found);
    }

    /** The patterns that were found; none where no initializer looked. */
    static Set<String> in(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof DeclaredConstraints found
                ? Collections.unmodifiableSet(found.patterns)
                : Set.of();
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("security-constraint")) {
                readConstraint(xml);
            }
        }
    }

    private void readConstraint(XMLStreamReader xml) throws XMLStreamException {
        Set<String> constrained = new LinkedHashSet<>();
        boolean hasRole = false;
        while (!(xml.next() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals("security-constraint"))) {
            if (!xml.isStartElement()) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "url-pattern" -> constrained.add(xml.getElementText().strip());
                case "role-name" -> hasRole = true;
                default -> {}
            }
        }
        if (hasRole) {
            patterns.addAll(constrained);
        }
    }

    private void look(ServletRegistration servlet, ClassLoader loader) {
        String className = servlet.getClassName();
        if (className == null) {
            return;
        }
        try {
            ServletSecurity security = Class.forName(className, false, loader).getAnnotation(ServletSecurity.class);
            if (security != null && asksForRole(security)) {
                Collection<String> mappings = servlet.getMappings();
                patterns.addAll(mappings);
            }
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(Level.DEBUG, "Servlet {0} cannot be looked at: {1}", className, e.getMessage());
        }
    }

    private static boolean asksForRole(ServletSecurity security) {
        Stream<String> roles = Stream.concat(
                Arrays.stream(security.value().rolesAllowed()),
                Arrays.stream(security.httpMethodConstraints())
                        .map(HttpMethodConstraint::rolesAllowed)
                        .flatMap(Arrays::stream));
        return roles.findAny().isPresent();
    }
}
