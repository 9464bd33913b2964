package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The sample as it was built for the server at hand. */
final class SampleWar {
    static final String NAME = "magic-link-webapp";

    private SampleWar() {}

    static WebArchive read() {
        return ShrinkWrap.create(ZipImporter.class, NAME + ".war")
                .importFrom(new File(requireNonNull(System.getProperty("sample.war"))))
                .as(WebArchive.class);
    }

    /** Without the jars of these names. */
    static WebArchive readWithout(String jars) {
        WebArchive war = read();
        jars(war, jars).keySet().forEach(war::delete);
        return war;
    }

    /** The jars of an application whose names match. */
    static Map<ArchivePath, Node> jars(WebArchive war, String names) {
        return war.getContent(Filters.include("/WEB-INF/lib/(" + names + ").*\\.jar"));
    }

    /** What the build put beside each other for an application of its own taste. */
    static File[] libraries(String directory) {
        File[] found = Path.of(requireNonNull(System.getProperty("own.libraries")), directory)
                .toFile()
                .listFiles();
        return requireNonNull(found);
    }

    /** Where the server puts it, after its name. */
    static URI uri() {
        return uri(NAME);
    }

    static URI uri(String name) {
        return URI.create("http://localhost:%s/%s/".formatted(System.getProperty("server.http.port"), name));
    }
}
