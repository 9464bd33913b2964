package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The one style sheet of all pages, inline in each of them, with the hash by which a Content-Security-Policy allows it.
 * Immutable.
 */
final class PageStyle {

    private final String css;

    private PageStyle(String css) {
        this.css = css;
    }

    static PageStyle load() {
        return new PageStyle(PageResource.read("pages.css"));
    }

    String css() {
        return css;
    }

    /** The source expression for {@code style-src}: SHA-256 of the style element's content, byte by byte (CSP 3, 2.3.1). */
    String sourceExpression() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(css.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
