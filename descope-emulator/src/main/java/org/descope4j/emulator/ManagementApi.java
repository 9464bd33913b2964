package org.descope4j.emulator;

import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/** What a project's owner may do to users: create them, sign them out, and delete test users. */
final class ManagementApi {
    private final Credentials credentials;
    private final Users users;
    private final Sessions sessions;

    ManagementApi(Credentials credentials, Users users, Sessions sessions) {
        this.credentials = credentials;
        this.users = users;
        this.sessions = sessions;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/user/create", this::create)
                .post("/v1/mgmt/user/create/test", request -> createTestUser(managersBody(request)))
                .post("/v1/mgmt/user/logout", this::logout)
                .delete("/v1/mgmt/user/test/delete/all", this::deleteTestUsers)
                .post("/v1/mgmt/tenant/create", this::createTenant)
                .get("/v1/mgmt/license", this::license);
    }

    private Response create(Request request) {
        Body body = managersBody(request);
        return body.flag("test")
                ? createTestUser(body)
                : answer(users.register(profile(body).build()).orElseThrow(Refusal::userExists));
    }

    /** A test user who is there already is answered as they are. */
    private Response createTestUser(Body body) {
        NewUser profile = profile(body).testUser().build();
        return answer(users.register(profile)
                .or(() -> users.find(profile.loginIds().get(0))
                        .filter(user -> user.profile().isTest()))
                .orElseThrow(Refusal::userExists));
    }

    private NewUser.Builder profile(Body body) {
        String loginId = first(body, "loginId", "identifier")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.missingArgument("The field loginId is required"));
        NewUser.Builder profile = NewUser.builder(loginId)
                .name(first(body, "displayName", "name").orElse(""))
                .givenName(body.text("givenName").orElse(""))
                .middleName(body.text("middleName").orElse(""))
                .familyName(body.text("familyName").orElse(""))
                .email(body.text("email").orElse(""))
                .phone(body.text("phone").orElse(""))
                .picture(body.text("picture").orElse(""))
                .customAttributes(body.object("customAttributes").fields())
                .roles(body.texts("roleNames"));
        Stream.of("additionalLoginIds", "additionalIdentifiers")
                .flatMap(name -> body.texts(name).stream())
                .filter(text -> !text.isBlank())
                .forEach(profile::loginId);
        if (body.flag("verifiedEmail")) {
            profile.verifiedEmail();
        }
        if (body.flag("verifiedPhone")) {
            profile.verifiedPhone();
        }
        body.objects("userTenants").forEach(membership -> join(profile, membership));
        return profile;
    }

    private void join(NewUser.Builder profile, Body membership) {
        String id = membership
                .text("tenantId")
                .orElseThrow(() -> Refusal.missingArgument("A membership must have a tenantId"));
        users.tenants().join(profile, id, membership.texts("roleNames"));
    }

    private Response logout(Request request) {
        Body body = managersBody(request);
        body.texts("sessionTypes");
        Optional<User> user = body.text("userId").isPresent()
                ? body.text("userId").flatMap(users::findById)
                : users.find(body.loginId());
        sessions.endAllOf(user.orElseThrow(Refusal::managedUserNotFound).id());
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response deleteTestUsers(Request request) {
        credentials.requireManager(request);
        users.deleteTestUsers().forEach(sessions::endAllOf);
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response createTenant(Request request) {
        Body body = managersBody(request);
        String name = body.text("name")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.missingArgument("The field name is required"));
        String id = body.text("id").filter(text -> !text.isBlank()).orElseGet(() -> RandomText.id("T2"));
        Tenants.Entry tenant =
                new Tenants.Entry(id, name, body.object("customAttributes").fields());
        if (!users.tenants().add(tenant)) {
            throw Refusal.tenantExists(id);
        }
        return Response.json(Json.object().add("id", id).build());
    }

    private Response license(Request request) {
        credentials.requireManager(request);
        return Response.json(Json.object().add("rateLimitTier", "tier1").build());
    }

    private Body managersBody(Request request) {
        credentials.requireManager(request);
        return Body.of(request);
    }

    private static Optional<String> first(Body body, String... names) {
        return Stream.of(names).flatMap(name -> body.text(name).stream()).findFirst();
    }

    private static Response answer(User user) {
        return Response.json(Json.object().add("user", UserJson.of(user)).build());
    }
}
