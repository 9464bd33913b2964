package org.descope4j.emulator;

import java.util.List;
import java.util.Locale;

/** Links for test users, answered to the project's owner instead of being sent. */
final class TestLinkApi {
    private final Credentials credentials;
    private final Users users;
    private final LinkSender sender;
    private final RedirectUrl defaultRedirect;

    TestLinkApi(Credentials credentials, Users users, LinkSender sender, RedirectUrl defaultRedirect) {
        this.credentials = credentials;
        this.users = users;
        this.sender = sender;
        this.defaultRedirect = defaultRedirect;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/tests/generate/magiclink", this::generate);
    }

    private Response generate(Request request) {
        Body body = credentials.managersBody(request);
        DeliveryMethod method = method(body.text("deliveryMethod").orElse("email"));
        LinkRequest link = LinkRequest.ofTestUser(body, defaultRedirect);
        User user = users.find(body.loginId()).orElseThrow(Refusal::managedUserNotFound);
        if (!user.profile().isTest()) {
            throw Refusal.invalidArgument("Links are generated for test users only");
        }
        method.addressOf(user.profile());
        user.profile().grants().requireMembership(link.options().tenantId());
        String token = sender.make(new SignInPurpose(user.id(), method), link.options(), method, List.of())
                .token();
        return Response.json(Json.object()
                .add("loginId", body.text("loginId").orElse(""))
                .add("link", link.redirect().withToken(token).toString())
                .build());
    }

    private static DeliveryMethod method(String name) {
        try {
            return DeliveryMethod.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidArgument("deliveryMethod is email, sms or whatsapp");
        }
    }
}
