package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.net.URI;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The sample as it was built for the server at hand. */
final class SampleWar {
    private static final String NAME = "magic-link-webapp";

    private SampleWar() {}

    static WebArchive read() {
        return ShrinkWrap.create(ZipImporter.class, NAME + ".war")
                .importFrom(new File(requireNonNull(System.getProperty("sample.war"))))
                .as(WebArchive.class);
    }

    /** Where the server puts it, after its name. */
    static URI uri() {
        return URI.create("http://localhost:%s/%s/".formatted(System.getProperty("server.http.port"), NAME));
    }
}
