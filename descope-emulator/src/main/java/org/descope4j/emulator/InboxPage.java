package org.descope4j.emulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    private final Project project;
    private final Inbox inbox;
    private final Links links;
    private final Clock clock;
    private final PageFrame frame;

    InboxPage(Project project, Inbox inbox, Links links, Clock clock) {
        this.project = project;
        this.inbox = inbox;
        this.links = links;
        this.clock = clock;
        this.frame = new PageFrame(project);
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
        return frame.around("Inbox", count(messages.size()), content.toString()).with("Refresh", SECONDS_TO_NEXT_VIEW);
    }

    private Response landing() {
        return frame.around(
                "Magic link",
                "",
                "<div class=\"empty\"><p><strong>This link leads to no application</strong></p><p class=\"dim\">The request for it named no redirect URL. Nothing was redeemed.</p></div>");
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
        boolean isExpired = !clock.instant()
                .isBefore(message.sentAt().plus(project.lifetimes().link()));
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
}
