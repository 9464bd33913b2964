package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;

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
        LinkRequest link = LinkRequest.of(body, defaultRedirect);
        NewUser profile = profile(body);
        String address = address(profile, method);
        User user = users.register(profile).orElseThrow(Refusal::userExists);
        return send(link, user, address, method);
    }

    private Response signIn(Request request, DeliveryMethod method) {
        Body body = authorizedBody(request);
        LinkRequest link = LinkRequest.of(body, defaultRedirect);
        User user = users.find(loginId(body)).orElseThrow(Refusal::userNotFound);
        return send(link, user, address(user.profile(), method), method);
    }

    private Response signUpOrIn(Request request, DeliveryMethod method) {
        Body body = authorizedBody(request);
        LinkRequest link = LinkRequest.of(body, defaultRedirect);
        LoginId loginId = loginId(body);
        NewUser profile = users.find(loginId).map(User::profile).orElseGet(() -> profile(body));
        String address = address(profile, method);
        User user = users.register(profile).or(() -> users.find(loginId)).orElseThrow(Refusal::userNotFound);
        return send(link, user, address, method);
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

    private NewUser profile(Body body) {
        Body user = body.object("user");
        return NewUser.builder(loginId(body).value())
                .name(user.text("name").orElse(""))
                .givenName(user.text("givenName").orElse(""))
                .middleName(user.text("middleName").orElse(""))
                .familyName(user.text("familyName").orElse(""))
                .email(user.text("email").or(() -> body.text("email")).orElse(""))
                .phone(user.text("phone")
                        .or(() -> body.text("phone"))
                        .or(() -> body.text("whatsapp"))
                        .orElse(""))
                .roles(project.rolesForNewUsers())
                .build();
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

    private Response send(LinkRequest request, User user, String address, DeliveryMethod method) {
        Instant now = clock.instant();
        Link link = new Link(
                RandomText.secret(),
                user.id(),
                method,
                request.customClaims(),
                request.revokesOtherSessions(),
                now.plus(project.linkLifetime()));
        links.add(link);
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
