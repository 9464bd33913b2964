package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Jakarta Faces shows one view at many addresses: {@code /a/list.xhtml} is also {@code /faces/a/list.xhtml}, {@code /a/list.jsf},
 * {@code /a/list.faces} and {@code /a/list}, as far as its servlet is mapped so. Servers map it themselves where an application has
 * nothing but a {@code faces-config.xml}. Immutable.
 */
final class FacesViews {
    private static final String SERVLET = "jakarta.faces.webapp.FacesServlet";
    private static final String VIEW = ".xhtml";

    /** What a view may end with beside the configured endings; Jakarta Faces, sections 7.6.2 and 11.1.3. */
    private static final Set<String> VIEW_ENDINGS = Set.of(VIEW, ".view.xml", ".jsp");

    private final Set<String> prefixes;
    private final Set<String> exact;
    private final Set<String> mappedEndings;
    private final Set<String> allEndings;

    private FacesViews(Set<String> prefixes, Set<String> exact, Set<String> mappedEndings, Set<String> viewEndings) {
        this.prefixes = prefixes;
        this.exact = exact;
        this.mappedEndings = mappedEndings;
        this.allEndings = new LinkedHashSet<>(mappedEndings);
        allEndings.addAll(viewEndings);
    }

    static FacesViews of(ServletContext context) {
        Set<String> prefixes = new LinkedHashSet<>();
        Set<String> exact = new LinkedHashSet<>();
        Set<String> mappedEndings = new LinkedHashSet<>();
        for (String mapping : ServletMappings.of(context, SERVLET::equals)) {
            if (mapping.startsWith("*.")) {
                mappedEndings.add(mapping.substring(1));
            } else if (mapping.endsWith("/*")) {
                prefixes.add(mapping.substring(0, mapping.length() - "/*".length()));
            } else {
                exact.add(mapping);
            }
        }
        return new FacesViews(prefixes, exact, mappedEndings, viewEndings(context));
    }

    private static Set<String> viewEndings(ServletContext context) {
        Set<String> endings = new LinkedHashSet<>(VIEW_ENDINGS);
        Stream.of(
                        "jakarta.faces.DEFAULT_SUFFIX",
                        "jakarta.faces.FACELETS_SUFFIX",
                        "jakarta.faces.FACELETS_VIEW_MAPPINGS")
                .map(context::getInitParameter)
                .filter(Objects::nonNull)
                .flatMap(value -> Arrays.stream(value.split("[\\s;,]+", -1)))
                .map(ending -> ending.startsWith("*") ? ending.substring(1) : ending)
                .filter(ending -> ending.startsWith("."))
                .forEach(endings::add);
        return endings;
    }

    /** All that show the view of this one, which is among them; none where Faces has nothing to do with it. */
    Set<String> addressesOf(String path) {
        boolean isThere = !prefixes.isEmpty() || !exact.isEmpty() || !mappedEndings.isEmpty();
        if (!isThere || !isOfFaces(path)) {
            return Set.of();
        }
        Set<String> views = new LinkedHashSet<>();
        for (String view : behindPrefixes(path)) {
            String base = withoutEnding(view);
            views.add(view);
            views.add(base);
            allEndings.forEach(ending -> views.add(base + ending));
        }
        Set<String> all = new LinkedHashSet<>(views);
        prefixes.forEach(prefix -> views.forEach(view -> all.add(prefix + view)));
        return all;
    }

    /** A view that Faces is not mapped to is still its source, which the server may send as a file. */
    private boolean isOfFaces(String path) {
        return exact.contains(path)
                || path.endsWith(VIEW)
                || mappedEndings.stream().anyMatch(path::endsWith)
                || prefixes.stream().anyMatch(prefix -> path.startsWith(prefix + "/"));
    }

    /** A prefix that came several times is taken away as often. */
    private Set<String> behindPrefixes(String path) {
        Set<String> views = new LinkedHashSet<>(Set.of(path));
        for (String prefix : prefixes) {
            String view = path;
            while (view.startsWith(prefix + "/")) {
                view = view.substring(prefix.length());
                views.add(view);
            }
        }
        return views;
    }

    private String withoutEnding(String view) {
        return allEndings.stream()
                .filter(view::endsWith)
                .findFirst()
                .map(ending -> view.substring(0, view.length() - ending.length()))
                .orElse(view);
    }
}
