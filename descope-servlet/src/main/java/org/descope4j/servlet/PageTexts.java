package org.descope4j.servlet;

import java.util.Map;

/** Every word of the pages, in one language. Plain text, never HTML. Immutable. */
final class PageTexts {
    private final String language;
    private final Map<String, String> texts;

    /**
     * Puts them together.
     *
     * @param language as a language tag
     * @param texts by their keys, all of them
     */
    PageTexts(String language, Map<String, String> texts) {
        this.language = language;
        this.texts = Map.copyOf(texts);
    }

    /** The language tag, such as {@code pt-BR}. */
    String language() {
        return language;
    }

    /** {@code ltr} or {@code rtl}. */
    String direction() {
        return text("page.direction");
    }

    String text(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("The texts of the pages lack the key " + key);
        }
        return text;
    }

    /** All of them, by their keys. */
    Map<String, String> all() {
        return texts;
    }
}
