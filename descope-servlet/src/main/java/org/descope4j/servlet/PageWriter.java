package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends pages and redirects, each with the headers that keep link tokens from leaking (V14, P1): the application's own page where there
 * is one, else the built-in one, in the language of the browser. Immutable.
 */
final class PageWriter {
    /**
     * Neither path nor token, but the origin: under {@code no-referrer} a browser says {@code Origin: null} with our own form, as it does
     * for any sandboxed page (Fetch section 3.2.4; V7, V14).
     */
    private static final String FORMS_NAME_THEIR_ORIGIN = "strict-origin";

    private static final String NO_REFERRER = "no-referrer";

    private final PageDocument document;
    private final PageLanguages languages;
    private final OwnPages ownPages;

    PageWriter(PageDocument document, PageLanguages languages, OwnPages ownPages) {
        this.document = document;
        this.languages = languages;
        this.ownPages = ownPages;
    }

    /** The language in which this browser is answered. */
    String language(HttpServletRequest request) {
        return languages.textsFor(request).language();
    }

    /** Whether the application has a page of its own there. */
    boolean isOwn(PageName name) {
        return ownPages.has(name);
    }

    void write(HttpServletRequest request, HttpServletResponse response, Page page) throws IOException {
        PageTexts texts = languages.textsFor(request);
        protect(
                response,
                ownPages.has(page.name()) ? OwnPages.CONTENT_SECURITY_POLICY : document.contentSecurityPolicy());
        // an own page may show its form whenever it has the fields
        nameOrigin(response, !page.fields().isEmpty());
        response.setHeader("Content-Language", texts.language());
        response.addHeader("Vary", "Accept-Language");
        response.setStatus(page.status());
        Optional<OwnPageResponse> own = ownPages.find(request, response, page, texts);
        if (own.isPresent()) {
            send(response, own.get());
            return;
        }
        // an own page that failed may have said otherwise
        response.setHeader("Content-Security-Policy", document.contentSecurityPolicy());
        response.setContentType("text/html");
        response.setCharacterEncoding(UTF_8.name());
        String html = document.html(page, texts);
        nameOrigin(response, html.contains("<form "));
        send(response, html.getBytes(UTF_8));
    }

    private static void nameOrigin(HttpServletResponse response, boolean hasForm) {
        response.setHeader("Referrer-Policy", hasForm ? FORMS_NAME_THEIR_ORIGIN : NO_REFERRER);
    }

    /** An answer without a body, for whoever is not to see a page. */
    void writeNothing(HttpServletResponse response, int status) {
        protect(response, document.contentSecurityPolicy());
        response.setStatus(status);
    }

    /** 303, so that the next request is a GET whatever this one was (RFC 9110 section 15.4.4). */
    void redirect(HttpServletResponse response, String location) {
        protect(response, document.contentSecurityPolicy());
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", location);
    }

    private static void send(HttpServletResponse response, OwnPageResponse own) throws IOException {
        if (own.isRedirect()) {
            return;
        }
        if (response.getContentType() == null) {
            response.setContentType("text/html");
            response.setCharacterEncoding(UTF_8.name());
        }
        send(response, own.bytes());
    }

    private static void send(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void protect(HttpServletResponse response, String contentSecurityPolicy) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", NO_REFERRER);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", contentSecurityPolicy);
    }
}
