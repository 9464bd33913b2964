package org.descope4j.emulator;

import java.util.List;
import java.util.Optional;

/** Sign-up, sign-in and sign-up-or-in: finds or makes the user, and sends the link. */
final class MagicLinkApi {
    private static final String SIGN_UP = "signUp";
    private static final String SIGN_IN = "signIn";

    private final ProjectSettings project;
    private final Credentials credentials;
    private final Users users;
    private final Roles roles;
    private final LinkSender sender;
    private final RedirectUrl defaultRedirect;

    MagicLinkApi(
            ProjectSettings project,
            Credentials credentials,
            Users users,
            Roles roles,
            LinkSender sender,
            RedirectUrl defaultRedirect) {
        this.project = project;
        this.credentials = credentials;
        this.users = users;
        this.roles = roles;
        this.sender = sender;
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
        User user = register(profile(body, link), method).orElseThrow(Refusal::userExists);
        return send(link, user, method, List.of(), SIGN_UP);
    }

    private Response signIn(Request request, DeliveryMethod method) {
        Body body = authorizedBody(request);
        LinkRequest link = LinkRequest.of(body, defaultRedirect);
        User user = users.find(body.loginId()).orElseThrow(Refusal::userNotFound);
        return signIn(request, link, user, method);
    }

    private Response signIn(Request request, LinkRequest link, User user, DeliveryMethod method) {
        if (!user.isEnabled()) {
            throw Refusal.userDisabled();
        }
        LoginOptions options = link.options();
        user.profile().grants().requireMembership(options.tenantId());
        List<String> formerAmr = options.needsSession() ? amrOfSession(request, user) : List.of();
        return send(link, user, method, formerAmr, SIGN_IN);
    }

    private Response signUpOrIn(Request request, DeliveryMethod method) {
        Body body = authorizedBody(request);
        LinkRequest link = LinkRequest.of(body, defaultRedirect);
        LoginId loginId = body.loginId();
        Optional<User> existing = users.find(loginId);
        if (existing.isPresent()) {
            return signIn(request, link, existing.get(), method);
        }
        User user = register(profile(body, link), method)
                .or(() -> users.find(loginId))
                .orElseThrow(Refusal::userNotFound);
        return send(link, user, method, List.of(), SIGN_UP);
    }

    /** Makes a user whom the method can reach; absent when one is there already. */
    private Optional<User> register(NewUser profile, DeliveryMethod method) {
        method.addressOf(profile);
        return users.register(profile);
    }

    private Body authorizedBody(Request request) {
        credentials.requireProject(request);
        return Body.of(request);
    }

    /** How the user signed in before, by the refresh JWT that a step-up or a second factor demands. */
    private List<String> amrOfSession(Request request, User user) {
        Session session = credentials.requireSession(request);
        if (!session.userId().equals(user.id())) {
            throw Refusal.foreignToken();
        }
        return session.terms().amr();
    }

    private NewUser profile(Body body, LinkRequest link) {
        Body user = body.object("user");
        NewUser.Builder profile = NewUser.builder(body.loginId().value())
                .name(user.text("name").orElse(""))
                .givenName(user.text("givenName").orElse(""))
                .middleName(user.text("middleName").orElse(""))
                .familyName(user.text("familyName").orElse(""))
                .email(user.text("email").or(() -> body.text("email")).orElse(""))
                .phone(user.text("phone")
                        .or(() -> body.text("phone"))
                        .or(() -> body.text("whatsapp"))
                        .orElse(""))
                .roles(roles.namesForNewUsers(project));
        String tenantId = link.options().tenantId();
        if (!tenantId.isEmpty()) {
            users.tenants().join(profile, tenantId, List.of());
        }
        return profile.build();
    }

    private Response send(
            LinkRequest request, User user, DeliveryMethod method, List<String> formerAmr, String purpose) {
        String address = method.addressOf(user.profile());
        Link link = sender.make(new SignInPurpose(user.id(), method), request.options(), method, formerAmr);
        return sender.send(link, request, address, method, purpose);
    }
}
