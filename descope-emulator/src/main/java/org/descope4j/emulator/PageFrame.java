package org.descope4j.emulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.owasp.encoder.Encode;

/** What all pages have around their content: the style, the heading, and headers that forbid whatever the page does not need. */
final class PageFrame {
    private static final String STYLE = """
            :root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--ink:#1b1f27;--dim:#5d6675;--line:#dfe3e9;--accent:#4338ca;--on-accent:#fff;--soft:#eceafd}
            @media(prefers-color-scheme:dark){:root{--page:#12141a;--card:#1b1e27;--ink:#eceef3;--dim:#9aa3b4;--line:#2c313d;--accent:#a5a0ff;--on-accent:#12141a;--soft:#26274a}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
            .wrap{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 3rem}
            header{display:flex;align-items:flex-end;justify-content:space-between;gap:1rem;flex-wrap:wrap;margin:.5rem 0 1.25rem}
            h1{margin:0;font-size:1.6rem;line-height:1.2;letter-spacing:-.015em}
            .dim{color:var(--dim);font-size:.875rem}
            ol{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
            .card{background:var(--card);border:1px solid var(--line);border-radius:.85rem;padding:1rem 1.1rem;display:flex;gap:1rem;align-items:center;justify-content:space-between}
            .card>div{min-width:0}
            .wide{flex-direction:column;align-items:stretch;gap:.6rem}
            .gone .to{font-weight:500;color:var(--dim)}
            .gone .tag{background:none;color:var(--dim);border:1px solid var(--line)}
            .brand{margin:0;color:var(--accent);font-size:.8rem;font-weight:700;letter-spacing:.02em}
            .leads{color:var(--dim);font-size:.875rem;overflow-wrap:anywhere;margin-top:.25rem}
            .to{font-weight:600;overflow-wrap:anywhere}
            .facts{display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:center;margin-top:.2rem}
            .tag{background:var(--soft);color:var(--accent);border-radius:1rem;padding:.05rem .6rem;font-size:.8rem;font-weight:600}
            .open{flex:none;background:var(--accent);color:var(--on-accent);text-decoration:none;font-weight:600;border-radius:.6rem;padding:.6rem 1.1rem}
            .open:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
            .over{flex:none;color:var(--dim);font-size:.875rem}
            .link{font-family:ui-monospace,monospace;font-size:.8rem;overflow-wrap:anywhere}
            .empty{background:var(--card);border:1px dashed var(--line);border-radius:.85rem;padding:3rem 1.5rem;text-align:center}
            .empty p{margin:.25rem 0}
            footer{margin-top:1.5rem;text-align:center}
            footer p{margin:.2rem 0;overflow-wrap:anywhere}
            @media(max-width:34rem){.card{flex-direction:column;align-items:stretch}.open{text-align:center}}
            """;
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Project project;

    PageFrame(Project project) {
        this.project = project;
    }

    /** A page; title, aside and content are HTML already. */
    Response around(String title, String aside, String content) {
        return Response.html("""
                        <!DOCTYPE html>
                        <html lang="en"><head><meta charset="utf-8"><title>%s - Descope emulator</title>
                        <meta name="viewport" content="width=device-width, initial-scale=1"><style>%s</style></head>
                        <body><div class="wrap"><header><div><p class="brand">Descope emulator</p><h1>%s</h1></div><span class="dim">%s</span></header><main>%s</main>
                        <footer class="dim"><p>For development and tests. Nothing here leaves this machine.</p><p>Project %s</p></footer>
                        </div></body></html>
                        """.formatted(title, STYLE, title, aside, content, Encode.forHtml(project.id())))
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer");
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
