package org.descope4j.emulator;

/** Updates of a signed-in user's e-mail address and phone number: sends a link to the new one. */
final class UpdateApi {
    private final Credentials credentials;
    private final Users users;
    private final LinkSender sender;
    private final RedirectUrl defaultRedirect;

    UpdateApi(Credentials credentials, Users users, LinkSender sender, RedirectUrl defaultRedirect) {
        this.credentials = credentials;
        this.users = users;
        this.sender = sender;
        this.defaultRedirect = defaultRedirect;
    }

    void addTo(Router router) {
        router.post("/v1/auth/magiclink/update/email", request -> update(request, DeliveryMethod.EMAIL))
                .post("/v1/auth/magiclink/update/phone", request -> update(request, DeliveryMethod.SMS))
                .post("/v1/auth/magiclink/update/phone/sms", request -> update(request, DeliveryMethod.SMS))
                .post("/v1/auth/magiclink/update/phone/whatsapp", request -> update(request, DeliveryMethod.WHATSAPP));
    }

    private Response update(Request request, DeliveryMethod method) {
        Session session = credentials.requireSession(request);
        Body body = Body.of(request);
        LinkRequest link = LinkRequest.ofUpdate(body, defaultRedirect);
        User user = users.find(body.loginId()).orElseThrow(Refusal::userNotFound);
        if (!user.id().equals(session.userId())) {
            throw Refusal.foreignToken();
        }
        AddressChange change = AddressChange.of(body, method, user.id());
        users.requirePossible(change);
        return sender.send(
                sender.make(change, link.options(), method, session.terms().amr()),
                link,
                change.address().value(),
                method,
                "update");
    }
}
