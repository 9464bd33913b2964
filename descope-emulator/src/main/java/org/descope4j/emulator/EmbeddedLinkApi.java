package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Duration;

/** Links that the project's owner embeds into messages of their own: answered as a bare token instead of being sent. */
final class EmbeddedLinkApi {
    private static final int DEFAULT_LIFETIME_SECONDS = 60;

    private final Credentials credentials;
    private final Users users;
    private final LinkSender sender;

    EmbeddedLinkApi(Credentials credentials, Users users, LinkSender sender) {
        this.credentials = credentials;
        this.users = users;
        this.sender = sender;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/user/signin/embeddedlink", this::signIn)
                .post("/v1/mgmt/user/signup/embeddedlink", this::signUp);
    }

    private Response signIn(Request request) {
        Body body = credentials.managersBody(request);
        User user = users.findByEither(body.loginId().value()).orElseThrow(Refusal::managedUserNotFound);
        JsonObject claims = body.object("customClaims").fields();
        return token(user, body, new LoginOptions(claims, false, false, false, ""));
    }

    private Response signUp(Request request) {
        Body body = credentials.managersBody(request);
        NewUser.Builder profile = new ManagedUserFields(users.tenants())
                .apply(body.object("user"), NewUser.builder(body.loginId().value()))
                .hasVerifiedEmail(body.flag("emailVerified"))
                .hasVerifiedPhone(body.flag("phoneVerified"));
        LoginOptions options = LoginOptions.of(body.object("loginOptions"));
        return token(users.register(profile.build()).orElseThrow(Refusal::userExists), body, options);
    }

    private Response token(User user, Body body, LoginOptions options) {
        int timeout = body.number("timeout", 0);
        Duration lifetime = Duration.ofSeconds(timeout == 0 ? DEFAULT_LIFETIME_SECONDS : timeout);
        Link link = sender.embed(new EmbeddedSignIn(user.id()), options, lifetime);
        return Response.json(Json.object()
                .add("token", link.token())
                .add("maskedEmail", Mask.ofEmail(user.profile().email()))
                .add("maskedPhone", Mask.ofPhone(user.profile().phone()))
                .build());
    }

    /** Signs a user in whose address proves nothing: who brings the token got it from the project's owner. */
    private record EmbeddedSignIn(String userId) implements LinkPurpose {

        @Override
        public Arrival redeem(Users users) {
            return users.noteSignIn(userId, User::signedIn);
        }
    }
}
