package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The other addresses of the page that a request is for, so that a rule for one of them holds for all (N9): a directory is its welcome
 * file, which some servers serve without asking any filter again, and a Faces page is its view under every mapping. Immutable.
 */
final class PageAddresses {
    private static final String ATTRIBUTE = PageAddresses.class.getName();

    private final WelcomeFiles welcomeFiles;
    private final FacesViews facesViews;
    private final MountedFiles mountedFiles;

    private PageAddresses(WelcomeFiles welcomeFiles, FacesViews facesViews, MountedFiles mountedFiles) {
        this.welcomeFiles = welcomeFiles;
        this.facesViews = facesViews;
        this.mountedFiles = mountedFiles;
    }

    /** Looked for at the first request: initializers of other libraries, such as that of Faces, map servlets after ours has run. */
    private static PageAddresses in(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof PageAddresses known) {
            return known;
        }
        PageAddresses found =
                new PageAddresses(WelcomeFiles.of(context), FacesViews.of(context), MountedFiles.of(context));
        context.setAttribute(ATTRIBUTE, found);
        return found;
    }

    /** Those that are none of the readings of the path itself. */
    static Set<String> beside(List<String> readings, HttpServletRequest request) {
        ServletContext context = request.getServletContext();
        PageAddresses addresses = in(context);
        Set<String> all = new LinkedHashSet<>();
        for (String directory : RequestPath.directories(readings)) {
            List<String> files = addresses.welcomeFiles.under(directory, context);
            all.addAll(files);
            files.forEach(file -> addresses.addPagesOf(file, all));
        }
        readings.forEach(path -> addresses.addPagesOf(path, all));
        readings.forEach(all::remove);
        return all;
    }

    private void addPagesOf(String path, Set<String> all) {
        all.addAll(mountedFiles.addressesOf(path));
        all.addAll(facesViews.addressesOf(path));
    }
}
