package org.descope4j.servlet;

/**
 * Makes a complete HTML document of a page: without script and without anything to load, under one Content-Security-Policy. Immutable.
 */
final class PageDocument {
    private final String applicationName;
    private final PageStyle style;

    /** @param applicationName what stands above each page; empty: nothing does */
    PageDocument(String applicationName) {
        this.applicationName = PageValue.visible(applicationName).strip();
        this.style = PageStyle.load();
    }

    /** The Content-Security-Policy for all pages: their one style sheet, their own forms, nothing else. */
    String contentSecurityPolicy() {
        return "default-src 'none'; style-src %s; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                .formatted(style.sourceExpression());
    }

    /** The document, to be written as UTF-8. It may hold a link token, so it is never logged. */
    String html(Page page, PageTexts texts) {
        PageBody body = new PageBody(texts);
        page.content().accept(body);
        return """
                <!DOCTYPE html>
                <html lang="%s" dir="%s">
                <head>
                <meta charset="UTF-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                %s<main>
                %s</main>
                </body>
                </html>
                """.formatted(
                        PageBody.attribute(texts.language()),
                        PageBody.attribute(texts.direction()),
                        PageBody.content(title(texts.text(page.title()))),
                        style.css(),
                        header(),
                        body.html());
    }

    private String title(String title) {
        return applicationName.isEmpty() ? title : title + " \u2013 " + applicationName;
    }

    private String header() {
        return applicationName.isEmpty()
                ? ""
                : "<header><bdi>%s</bdi></header>\n".formatted(PageBody.content(applicationName));
    }
}
