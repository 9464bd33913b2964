package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A text file beside the pages' classes. */
final class PageResource {

    private PageResource() {}

    /** The file's text. Line ends are LF, as a browser sees them when it hashes a style element. */
    static String read(String name) {
        try (InputStream file = requireNonNull(PageResource.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + name + " of descope-servlet", e);
        }
    }
}
