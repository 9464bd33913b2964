package org.descope4j.samples.magiclink;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.owasp.encoder.Encode;

/** The frame that all pages share. */
final class Page {
    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>%1$s - Magic Link Sample</title>
              <link rel="stylesheet" href="%2$s/style.css">
            </head>
            <body>
            <main>
            %3$s</main>
            </body>
            </html>
            """;

    private Page() {}

    static void write(String title, String content, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store"); // the page may name the user
        response.getWriter()
                .write(FRAME.formatted(
                        Encode.forHtml(title), Encode.forHtmlAttribute(request.getContextPath()), content));
    }
}
