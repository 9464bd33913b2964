package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends our own pages and redirects, each with the headers that keep link tokens from leaking (V14, P1). Immutable. */
final class PageWriter {
    private final PageDocument document;
    private final PageLanguages languages;

    PageWriter(PageDocument document, PageLanguages languages) {
        this.document = document;
        this.languages = languages;
    }

    /** The language in which this browser is answered. */
    String language(HttpServletRequest request) {
        return languages.textsFor(request).language();
    }

    void write(HttpServletRequest request, HttpServletResponse response, Page page) throws IOException {
        PageTexts texts = languages.textsFor(request);
        byte[] html = document.html(page, texts).getBytes(UTF_8);
        protect(response);
        response.setHeader("Content-Language", texts.language());
        response.addHeader("Vary", "Accept-Language");
        response.setStatus(page.status());
        response.setContentType("text/html");
        response.setCharacterEncoding(UTF_8.name());
        response.setContentLength(html.length);
        response.getOutputStream().write(html);
    }

    /** An answer without a body, for whoever is not to see a page. */
    void writeNothing(HttpServletResponse response, int status) {
        protect(response);
        response.setStatus(status);
    }

    /** 303, so that the next request is a GET whatever this one was (RFC 9110 section 15.4.4). */
    void redirect(HttpServletResponse response, String location) {
        protect(response);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", location);
    }

    private void protect(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", document.contentSecurityPolicy());
    }
}
