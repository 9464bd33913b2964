package org.descope4j.it.server;

import com.nimbusds.jose.JWSHeader;
import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.test.DescopeTokens;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** The libraries that a test needs which runs in the server, as they are on the class path here. */
final class TestKit {
    private TestKit() {}

    static JavaArchive[] libraries() {
        return new JavaArchive[] {
            library("descope-test.jar", DescopeTokens.class),
            library("descope-emulator.jar", DescopeEmulator.class),
            library("nimbus-jose-jwt.jar", JWSHeader.class),
            library("assertj-core.jar", Assertions.class)
        };
    }

    /** A JAR, or the directory of classes that a build without one has. */
    private static JavaArchive library(String name, Class<?> content) {
        File place = placeOf(content);
        return place.isDirectory()
                ? ShrinkWrap.create(ExplodedImporter.class, name)
                        .importDirectory(place)
                        .as(JavaArchive.class)
                : ShrinkWrap.create(ZipImporter.class, name).importFrom(place).as(JavaArchive.class);
    }

    private static File placeOf(Class<?> content) {
        try {
            return new File(
                    content.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Where a class was loaded from is no URI", e);
        }
    }
}
