package org.descope4j.emulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.owasp.encoder.Encode;

/** A message as the person who got it would see it, with what the application asked for below. */
final class MessageCard {
    private static final Set<String> CLICKABLE_SCHEMES = Set.of("http", "https");
    private static final Map<String, String> METHOD_NAMES =
            Map.of("email", "E-mail", "sms", "SMS", "whatsapp", "WhatsApp");
    private static final Map<String, Wording> WORDINGS = Map.of(
            "signUp", new Wording("Welcome: confirm your sign-up", "Follow this link to finish signing up."),
            "signIn", new Wording("Your sign-in link", "Follow this link to sign in."),
            "update", new Wording("Confirm your new address", "Follow this link to confirm that this is you."));

    private final Projects projects;
    private final Clock clock;

    MessageCard(Projects projects, Clock clock) {
        this.projects = projects;
        this.clock = clock;
    }

    /** What a message says. */
    private record Wording(String subject, String text) {}

    String of(Message message) {
        boolean isOpen = projects.hasOpenLink(message);
        return """
                <li class="%s"><div class="head"><span class="to">To: %s</span><time class="dim" datetime="%s">%s</time></div>%s<ul class="facts">%s</ul></li>
                """.formatted(
                        isOpen ? "card" : "card gone",
                        Encode.forHtml(message.to()),
                        Encode.forHtmlAttribute(message.sentAt().toString()),
                        age(message.sentAt()),
                        message.deliveryMethod().equals("email") ? mail(message, isOpen) : text(message, isOpen),
                        facts(message));
    }

    private String mail(Message message, boolean isOpen) {
        Wording wording = wording(message);
        return "<div class=\"mail\"><h2>" + wording.subject() + "</h2><p>" + wording.text() + "</p>"
                + (isOpen ? action(message) : over(message)) + "</div>";
    }

    private String text(Message message, boolean isOpen) {
        String link = message.link().toString();
        return "<div class=\"text\"><p>" + wording(message).text() + " "
                + (isOpen
                        ? isClickable(message.link()) ? anchor(message, "", link) : Encode.forHtml(link)
                        : over(message))
                + "</p></div>";
    }

    private static String action(Message message) {
        return isClickable(message.link())
                ? anchor(message, "open", "Open link")
                : "<span class=\"link\">" + Encode.forHtml(message.link().toString()) + "</span>";
    }

    private static String anchor(Message message, String style, String text) {
        return "<a id=\"%s\" class=\"%s\" rel=\"noopener noreferrer\" href=\"%s\">%s</a>"
                .formatted(
                        Encode.forHtmlAttribute("link-" + message.token()),
                        style,
                        Encode.forHtmlAttribute(message.link().toString()),
                        Encode.forHtml(text));
    }

    private String over(Message message) {
        Duration lifetime = projects.find(message.projectId())
                .map(project -> project.settings().lifetimes().link())
                .orElse(Duration.ZERO);
        boolean isExpired = !clock.instant().isBefore(message.sentAt().plus(lifetime));
        return "<span class=\"over\">" + (isExpired ? "Link expired" : "Link used") + "</span>";
    }

    private String facts(Message message) {
        List<String> facts = new ArrayList<>();
        facts.add(METHOD_NAMES.getOrDefault(message.deliveryMethod(), message.deliveryMethod()));
        if (!message.template().isEmpty()) {
            facts.add("template " + message.template());
        }
        new TreeMap<>(message.templateOptions()).forEach((name, value) -> facts.add(name + ": " + value));
        if (!message.locale().isEmpty()) {
            facts.add("language " + message.locale());
        }
        if (projects.all().size() > 1) {
            facts.add("project " + message.projectId());
        }
        StringBuilder items = new StringBuilder();
        facts.forEach(fact -> items.append("<li>").append(Encode.forHtml(fact)).append("</li>"));
        return items.toString();
    }

    private static Wording wording(Message message) {
        return WORDINGS.getOrDefault(message.purpose(), new Wording("Your link", "Follow this link."));
    }

    private static boolean isClickable(URI link) {
        return link.getScheme() != null
                && CLICKABLE_SCHEMES.contains(link.getScheme().toLowerCase(Locale.ROOT));
    }

    private String age(Instant sentAt) {
        Duration age = Duration.between(sentAt, clock.instant());
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() == 1 ? "1 minute ago" : age.toMinutes() + " minutes ago";
        }
        return sentAt.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
