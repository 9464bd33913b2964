package org.descope4j.emulator;

import java.time.Clock;
import java.util.List;

/** The inbox as a page for people, newest first. It shows new messages without a click or a reload. */
final class InboxPage {
    /** Where a link leads when the request for it named no redirect URL. */
    static final String LANDING_PATH = "/magic-link";

    private static final int MESSAGES_SHOWN = 100;

    private final Projects projects;
    private final MessageCard card;
    private final PageFrame frame;

    InboxPage(Projects projects, Clock clock) {
        this.projects = projects;
        this.card = new MessageCard(projects, clock);
        this.frame = new PageFrame(projects);
    }

    void addTo(Router router) {
        router.get("/", request -> Response.redirect("/inbox"))
                .get("/inbox", request -> inbox())
                .get(LANDING_PATH, request -> landing());
    }

    private Response inbox() {
        List<Message> messages = projects.messages();
        return frame.aroundLive("Inbox", count(messages.size()), messages.isEmpty() ? nothing() : list(messages));
    }

    private String list(List<Message> messages) {
        StringBuilder list = new StringBuilder("<ol>");
        messages.stream().limit(MESSAGES_SHOWN).forEach(message -> list.append(card.of(message)));
        return list.append("</ol>").toString();
    }

    private static String nothing() {
        return "<div class=\"empty\"><p><strong>No messages yet</strong></p><p class=\"dim\">Ask for a magic link in your application; it appears here by itself.</p></div>";
    }

    private Response landing() {
        return frame.around(
                "Magic link",
                "<div class=\"empty\"><p><strong>This link leads to no application</strong></p><p class=\"dim\">The request for it named no redirect URL. Nothing was redeemed.</p></div>");
    }

    private static String count(int messages) {
        return switch (messages) {
            case 0 -> "";
            case 1 -> "1 message";
            default -> messages + " messages";
        };
    }
}
