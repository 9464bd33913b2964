package org.descope4j.emulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.owasp.encoder.Encode;

/** The inbox as a page for people. It works without script and shows new messages without a click. */
final class InboxPage {
    /** Where a link leads when the request for it named no redirect URL. */
    static final String LANDING_PATH = "/magic-link";

    private static final int MESSAGES_SHOWN = 100;
    private static final String SECONDS_TO_NEXT_VIEW = "3";
    private static final Set<String> CLICKABLE_SCHEMES = Set.of("http", "https");
    private static final Map<String, String> METHOD_NAMES =
            Map.of("email", "E-mail", "sms", "SMS", "whatsapp", "WhatsApp");
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
    private final Inbox inbox;
    private final Links links;
    private final Clock clock;

    InboxPage(Project project, Inbox inbox, Links links, Clock clock) {
        this.project = project;
        this.inbox = inbox;
        this.links = links;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.get("/", request -> Response.redirect("/inbox"))
                .get("/inbox", request -> inbox())
                .get(LANDING_PATH, request -> landing());
    }

    private Response inbox() {
        List<Message> messages = inbox.messages();
        StringBuilder content = new StringBuilder();
        if (messages.isEmpty()) {
            content.append(
                    "<div class=\"empty\"><p><strong>No messages yet</strong></p><p class=\"dim\">Ask for a magic link in your application; it appears here by itself.</p></div>");
        } else {
            content.append("<ol>");
            messages.stream().limit(MESSAGES_SHOWN).forEach(message -> content.append(card(message)));
            content.append("</ol>");
        }
        return page("Inbox", count(messages.size()), content.toString()).with("Refresh", SECONDS_TO_NEXT_VIEW);
    }

    private Response landing() {
        return page(
                "Magic link",
                "",
                "<div class=\"empty\"><p><strong>This link leads to no application</strong></p><p class=\"dim\">The request for it named no redirect URL. Nothing was redeemed.</p></div>");
    }

    private Response page(String title, String aside, String content) {
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

    private String card(Message message) {
        boolean isOpen = links.isOpen(message.token());
        return """
                <li class="%s"><div><div class="to">%s</div><div class="facts"><span class="tag">%s</span><time class="dim" datetime="%s">%s</time></div>%s</div>%s</li>
                """.formatted(
                        isOpen ? isClickable(message.link()) ? "card" : "card wide" : "card gone",
                        Encode.forHtml(message.to()),
                        Encode.forHtml(METHOD_NAMES.getOrDefault(message.deliveryMethod(), message.deliveryMethod())),
                        Encode.forHtmlAttribute(message.sentAt().toString()),
                        age(message.sentAt()),
                        details(message),
                        isOpen ? action(message.link()) : over(message));
    }

    private static String details(Message message) {
        StringJoiner details = new StringJoiner(", ");
        if (!message.template().isEmpty()) {
            details.add("template " + message.template());
        }
        new TreeMap<>(message.templateOptions()).forEach((name, value) -> details.add(name + ": " + value));
        if (!message.locale().isEmpty()) {
            details.add("language " + message.locale());
        }
        return details.length() == 0 ? "" : "<div class=\"leads\">" + Encode.forHtml(details.toString()) + "</div>";
    }

    private String over(Message message) {
        boolean isExpired = !clock.instant().isBefore(message.sentAt().plus(project.linkLifetime()));
        return "<span class=\"over\">" + (isExpired ? "Link expired" : "Link used") + "</span>";
    }

    private static String action(URI link) {
        return isClickable(link)
                ? "<a class=\"open\" rel=\"noopener noreferrer\" href=\"" + Encode.forHtmlAttribute(link.toString())
                        + "\">Open link</a>"
                : "<span class=\"link\">" + Encode.forHtml(link.toString()) + "</span>";
    }

    private static boolean isClickable(URI link) {
        return link.getScheme() != null
                && CLICKABLE_SCHEMES.contains(link.getScheme().toLowerCase(Locale.ROOT));
    }

    private String age(Instant sentAt) {
        Duration age = Duration.between(sentAt, clock.instant());
        if (age.toSeconds() < 10) {
            return "just now";
        }
        if (age.toMinutes() < 1) {
            return age.toSeconds() + " seconds ago";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() == 1 ? "1 minute ago" : age.toMinutes() + " minutes ago";
        }
        return sentAt.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String count(int messages) {
        return switch (messages) {
            case 0 -> "";
            case 1 -> "1 message";
            default -> messages + " messages";
        };
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
