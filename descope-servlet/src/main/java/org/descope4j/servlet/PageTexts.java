package org.descope4j.servlet;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Every word of the pages, in one language. Plain text, never HTML. Immutable. */
final class PageTexts {

    private final Properties texts;

    private PageTexts(Properties texts) {
        this.texts = texts;
    }

    static PageTexts english() {
        Properties texts = new Properties();
        try {
            texts.load(new StringReader(PageResource.read("pages.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the texts of the pages", e);
        }
        return new PageTexts(texts);
    }

    String language() {
        return text("page.language");
    }

    /** {@code ltr} or {@code rtl}. */
    String direction() {
        return text("page.direction");
    }

    String text(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("The texts of the pages lack the key " + key);
        }
        return text;
    }
}
