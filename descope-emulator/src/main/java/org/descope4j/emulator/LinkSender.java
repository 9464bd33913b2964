package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Makes links, and puts them into the inbox. */
final class LinkSender {
    private static final String SECOND_FACTOR = "mfa";

    private final ProjectSettings project;
    private final Links links;
    private final Inbox inbox;
    private final Clock clock;

    LinkSender(ProjectSettings project, Links links, Inbox inbox, Clock clock) {
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

    /** Makes a link that is good for as long as its maker says, and that no message of ours carries. */
    Link embed(LinkPurpose purpose, LoginOptions options, Duration lifetime) {
        Link link = new Link(
                RandomText.secret(),
                purpose,
                options,
                List.of(),
                clock.instant().plus(lifetime));
        links.add(link);
        return link;
    }

    /** Delivers a link, and answers the masked address. */
    Response send(Link link, LinkRequest request, String address, DeliveryMethod method, String purpose) {
        Instant now = clock.instant();
        inbox.deliver(new Message(
                address,
                method.wireName(),
                request.redirect().withToken(link.token()),
                link.token(),
                request.template(),
                request.templateOptions(),
                request.locale(),
                now,
                purpose,
                project.id()));
        return Response.json(masked(address, method));
    }

    private static List<String> amr(List<String> formerAmr, DeliveryMethod method, LoginOptions options) {
        Stream<String> signIn = Stream.concat(formerAmr.stream(), Stream.of(method.wireName()));
        return (options.isMfa() ? Stream.concat(signIn, Stream.of(SECOND_FACTOR)) : signIn)
                .distinct()
                .toList();
    }

    private static JsonObject masked(String address, DeliveryMethod method) {
        return method == DeliveryMethod.EMAIL
                ? Json.object().add("maskedEmail", Mask.ofEmail(address)).build()
                : Json.object().add("maskedPhone", Mask.ofPhone(address)).build();
    }
}
