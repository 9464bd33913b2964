package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Sign-up, sign-in and sign-up-or-in: finds or makes the user, and sends the link. */
final class MagicLinkApi {
    private final Project project;
    private final Users users;
    private final Links links;
    private final Inbox inbox;
    private final Clock clock;
    private final RedirectUrl defaultRedirect;

    MagicLinkApi(Project project, Users users, Links links, Inbox inbox, Clock clock, RedirectUrl defaultRedirect) {
        this.project = project;
        this.users = users;
        this.links = links;
        this.inbox = inbox;
        this.clock = clock;
        this.defaultRedirect = defaultRedirect;
    }

    void addTo(Router router) {
        for (DeliveryMethod method : DeliveryMethod.values()) {
            String path = "/" + method.wireName();
            router.post("/v1/auth/magiclink/signup" + path, request -> signUp(request, method));
            router.post("/v1/auth/magiclink/signin" + path, request -> signIn(request, method));
            router.post("/v1/auth/magiclink/signup-in" + path, request -> signUpOrIn(request, method));
        }
    }

    private Response signUp(Request request, DeliveryMethod method) {
        Body body = authorizedBody(request);
        NewUser profile = profile(body, method);
        String address = address(profile, method);
        User user = users.register(profile).orElseThrow(Refusal::userExists);
        return send(body, user, address, method);
    }

    private Response signIn(Request request, DeliveryMethod method) {
        Body body = authorizedBody(request);
        User user = users.find(loginId(body)).orElseThrow(Refusal::userNotFound);
        return send(body, user, address(user.profile(), method), method);
    }

    private Response signUpOrIn(Request request, DeliveryMethod method) {
        Body body = authorizedBody(request);
        LoginId loginId = loginId(body);
        NewUser profile = users.find(loginId).map(User::profile).orElseGet(() -> profile(body, method));
        String address = address(profile, method);
        User user = users.register(profile).or(() -> users.find(loginId)).orElseThrow(Refusal::userNotFound);
        return send(body, user, address, method);
    }

    private Body authorizedBody(Request request) {
        Authorization.of(request).requireProject(project);
        return Body.of(request);
    }

    private static LoginId loginId(Body body) {
        LoginId loginId = LoginId.of(body.text("loginId").orElse(""));
        if (loginId.isBlank()) {
            throw Refusal.missingArgument("The field loginId is required");
        }
        return loginId;
    }

    private NewUser profile(Body body, DeliveryMethod method) {
        Body user = body.object("user");
        return NewUser.builder(loginId(body).value())
                .name(user.text("name").orElse(""))
                .givenName(user.text("givenName").orElse(""))
                .middleName(user.text("middleName").orElse(""))
                .familyName(user.text("familyName").orElse(""))
                .email(firstOf(user, body, "email"))
                .phone(phone(user, body, method))
                .roles(project.rolesForNewUsers())
                .build();
    }

    private static String phone(Body user, Body body, DeliveryMethod method) {
        String phone = firstOf(user, body, "phone");
        return phone.isEmpty() && method == DeliveryMethod.WHATSAPP
                ? body.text("whatsapp").orElse("")
                : phone;
    }

    private static String firstOf(Body user, Body body, String name) {
        return Stream.of(user, body)
                .flatMap(fields -> fields.text(name).stream())
                .findFirst()
                .orElse("");
    }

    private static String address(NewUser profile, DeliveryMethod method) {
        if (method == DeliveryMethod.EMAIL) {
            if (!LoginId.of(profile.email()).isEmail()) {
                throw Refusal.invalidArgument("The user has no e-mail address");
            }
            return profile.email();
        }
        if (!LoginId.of(profile.phone()).isPhone()) {
            throw Refusal.invalidArgument("The user has no phone number");
        }
        return profile.phone();
    }

    private Response send(Body body, User user, String address, DeliveryMethod method) {
        Body options = body.object("loginOptions");
        Instant now = clock.instant();
        Link link = new Link(
                RandomText.secret(),
                user.id(),
                method,
                options.object("customClaims").fields(),
                options.flag("revokeOtherSessions"),
                now.plus(project.linkLifetime()));
        Message message = message(body, address, link, now);
        links.add(link);
        inbox.deliver(message);
        return Response.json(masked(address, method));
    }

    private Message message(Body body, String address, Link link, Instant now) {
        Body options = body.object("loginOptions");
        URI url = redirect(body).withToken(link.token());
        return new Message(
                address,
                link.method().wireName(),
                url,
                link.token(),
                options.text("templateId").orElse(""),
                templateOptions(options.object("templateOptions").fields()),
                options.text("locale").orElse(""),
                now);
    }

    /** The published schema says {@code redirectUrl}, the published clients send {@code URI}. */
    private RedirectUrl redirect(Body body) {
        return Stream.of("URI", "redirectUrl")
                .flatMap(name -> body.text(name).stream())
                .filter(url -> !url.isBlank())
                .findFirst()
                .map(RedirectUrl::new)
                .orElse(defaultRedirect);
    }

    private static Map<String, String> templateOptions(JsonObject options) {
        Map<String, String> texts = new LinkedHashMap<>();
        Body body = new Body(options);
        options.forEach((name, value) -> texts.put(
                name,
                switch (value.getValueType()) {
                    case STRING -> body.text(name).orElse("");
                    default -> value.toString();
                }));
        return texts;
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
