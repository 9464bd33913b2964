package org.descope4j.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Collectors;
import org.owasp.encoder.Encode;

/** What all pages have around their content: the style, the heading, and headers that forbid whatever the page does not need. */
final class PageFrame {
    private static final String STYLE = resource("pages.css");
    private static final String SCRIPT = resource("inbox.js");
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; " + "form-action 'none'; frame-ancestors 'none'";
    private static final String POLICY_WITH_SCRIPT =
            POLICY + "; script-src 'sha256-" + sha256(SCRIPT) + "'; connect-src 'self'";

    private final Projects projects;

    PageFrame(Projects projects) {
        this.projects = projects;
    }

    /** A page that stays as it is; title and content are HTML already. */
    Response around(String title, String content) {
        return page(title, "", "", content, "").with("Content-Security-Policy", POLICY);
    }

    /** A page that keeps itself up to date: by script, and where there is none by a refresh. */
    Response aroundLive(String title, String count, String content) {
        return page(
                        title,
                        "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>",
                        count,
                        content,
                        "<script>" + SCRIPT + "</script>")
                .with("Content-Security-Policy", POLICY_WITH_SCRIPT);
    }

    private Response page(String title, String head, String count, String content, String end) {
        return Response.html("""
                        <!DOCTYPE html>
                        <html lang="en"><head><meta charset="utf-8"><title>%s - Descope emulator</title>
                        <meta name="viewport" content="width=device-width, initial-scale=1">%s<style>%s</style></head>
                        <body><div class="wrap"><header><div><p class="brand">Descope emulator</p><h1>%s</h1></div><span class="dim" id="count" role="status">%s</span></header><main id="messages">%s</main>
                        <footer class="dim"><p>For development and tests. Nothing here leaves this machine.</p><p>%s</p></footer>
                        </div>%s</body></html>
                        """.formatted(title, head, STYLE, title, count, content, ids(), end))
                .with("Referrer-Policy", "no-referrer");
    }

    private String ids() {
        return projects.all().stream()
                .map(project -> "Project " + Encode.forHtml(project.id()))
                .collect(Collectors.joining("<br>"));
    }

    private static String resource(String name) {
        try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The emulator's jar is damaged", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
