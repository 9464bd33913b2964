package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Makes links, and puts them into the inbox. */
final class LinkSender {
    private static final String SECOND_FACTOR = "mfa";

    private final Project project;
    private final Links links;
    private final Inbox inbox;
    private final Clock clock;

    LinkSender(Project project, Links links, Inbox inbox, Clock clock) {
        this.project = project;
        this.links = links;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** Makes a link for somebody who signed in by {@code formerAmr} already; that is empty when they did not. */
    Link make(LinkPurpose purpose, LoginOptions options, DeliveryMethod method, List<String> formerAmr) {
        Link link = new Link(
                RandomText.secret(),
                purpose,
                options,
                amr(formerAmr, method, options),
                clock.instant().plus(project.lifetimes().link()));
        links.add(link);
        return link;
    }

    /** Delivers a link, and answers the masked address. */
    Response send(Link link, LinkRequest request, String address, DeliveryMethod method) {
        Instant now = clock.instant();
        inbox.deliver(new Message(
                address,
                method.wireName(),
                request.redirect().withToken(link.token()),
                link.token(),
                request.template(),
                request.templateOptions(),
                request.locale(),
                now));
        return Response.json(masked(address, method));
    }

    private static List<String> amr(List<String> formerAmr, DeliveryMethod method, LoginOptions options) {
        Stream<String> signIn = Stream.concat(formerAmr.stream(), Stream.of(method.wireName()));
        return (options.isMfa() ? Stream.concat(signIn, Stream.of(SECOND_FACTOR)) : signIn)
                .distinct()
                .toList();
    }

    private static JsonObject masked(String address, DeliveryMethod method) {
        if (method == DeliveryMethod.EMAIL) {
            return Json.object()
                    .add("maskedEmail", address.charAt(0) + "***" + address.substring(address.lastIndexOf('@')))
                    .build();
        }
        int shown = Math.min(2, address.length());
        String hidden = "*".repeat(Math.max(0, address.length() - 2 * shown));
        return Json.object()
                .add("maskedPhone", address.substring(0, shown) + hidden + address.substring(address.length() - shown))
                .build();
    }
}
