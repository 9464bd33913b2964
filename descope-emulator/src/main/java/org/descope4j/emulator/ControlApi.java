package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the emulator offers beyond Descope, to tests in any language: the messages, users, access keys, the clock, the keys. */
final class ControlApi {
    private static final Set<String> USER_FIELDS = Set.of(
            "loginIds",
            "name",
            "email",
            "phone",
            "verifiedEmail",
            "verifiedPhone",
            "picture",
            "customAttributes",
            "test",
            "roles",
            "permissions",
            "tenants");
    private static final Set<String> ACCESS_KEY_FIELDS =
            Set.of("name", "roles", "permissions", "tenants", "customClaims");
    private static final Set<String> TENANT_FIELDS = Set.of("id", "name", "roles", "permissions");

    private final DescopeEmulator emulator;
    private final EmulatorClock clock;
    private final SigningKeys keys;

    ControlApi(DescopeEmulator emulator, EmulatorClock clock, SigningKeys keys) {
        this.emulator = emulator;
        this.clock = clock;
        this.keys = keys;
    }

    void addTo(Router router) {
        router.get("/_emulator/messages", this::messages)
                .get("/_emulator/users", request -> users())
                .post("/_emulator/users", this::addUser)
                .post("/_emulator/access-keys", this::addAccessKey)
                .get("/_emulator/project", request -> project())
                .get("/_emulator/clock", request -> time())
                .post("/_emulator/clock", this::advanceClock)
                .post("/_emulator/keys/rotate", this::rotateKeys)
                .post("/_emulator/reset", request -> reset());
    }

    private Response messages(Request request) {
        List<Message> messages =
                request.parameter("to").map(emulator.inbox()::messages).orElseGet(emulator.inbox()::messages);
        JsonArrayBuilder array = Json.array();
        messages.forEach(message -> array.add(json(message)));
        return Response.json(array.build());
    }

    private static JsonObject json(Message message) {
        JsonObjectBuilder templateOptions = Json.object();
        message.templateOptions().forEach(templateOptions::add);
        return Json.object()
                .add("to", message.to())
                .add("deliveryMethod", message.deliveryMethod())
                .add("link", message.link().toString())
                .add("token", message.token())
                .add("template", message.template())
                .add("templateOptions", templateOptions)
                .add("locale", message.locale())
                .add("sentAt", message.sentAt().toString())
                .build();
    }

    private Response users() {
        JsonArrayBuilder array = Json.array();
        emulator.users().all().forEach(user -> array.add(UserJson.of(user)));
        return Response.json(array.build());
    }

    private Response addUser(Request request) {
        NewUser profile = profile(Body.of(request).allowingOnly(USER_FIELDS));
        return Response.json(UserJson.of(emulator.users().register(profile).orElseThrow(Refusal::userExists)));
    }

    private static NewUser profile(Body body) {
        List<String> loginIds = body.texts("loginIds");
        if (loginIds.isEmpty() || loginIds.stream().anyMatch(String::isBlank)) {
            throw Refusal.missingArgument("loginIds must hold at least one login ID, and no blank one");
        }
        NewUser.Builder user = NewUser.builder(loginIds.get(0))
                .name(body.text("name").orElse(""))
                .email(body.text("email").orElse(""))
                .phone(body.text("phone").orElse(""))
                .roles(body.texts("roles"))
                .permissions(body.texts("permissions"));
        user.picture(body.text("picture").orElse(""))
                .customAttributes(body.object("customAttributes").fields());
        loginIds.forEach(user::loginId);
        if (body.flag("verifiedEmail")) {
            user.verifiedEmail();
        }
        if (body.flag("verifiedPhone")) {
            user.verifiedPhone();
        }
        if (body.flag("test")) {
            user.testUser();
        }
        body.objects("tenants").forEach(tenant -> addTenant(user, tenant.allowingOnly(TENANT_FIELDS)));
        return user.build();
    }

    private static void addTenant(NewUser.Builder user, Body tenant) {
        String id = tenant.text("id").orElseThrow(() -> Refusal.missingArgument("A tenant must have an id"));
        user.tenant(id, tenant.text("name").orElse(id), tenant.texts("roles"), tenant.texts("permissions"));
    }

    private Response addAccessKey(Request request) {
        Body body = Body.of(request).allowingOnly(ACCESS_KEY_FIELDS);
        NewAccessKey.Builder key = NewAccessKey.builder(body.text("name").orElse(""))
                .roles(body.texts("roles"))
                .permissions(body.texts("permissions"))
                .customClaims(body.object("customClaims").fields());
        body.objects("tenants").forEach(tenant -> addTenant(key, tenant.allowingOnly(TENANT_FIELDS)));
        AccessKeys.Registered registered = emulator.accessKeys().register(key.build());
        return Response.json(Json.object()
                .add("keyId", registered.key().id())
                .add("key", registered.text())
                .build());
    }

    private static void addTenant(NewAccessKey.Builder key, Body tenant) {
        String id = tenant.text("id").orElseThrow(() -> Refusal.missingArgument("A tenant must have an id"));
        key.tenant(id, tenant.text("name").orElse(id), tenant.texts("roles"), tenant.texts("permissions"));
    }

    private Response project() {
        return Response.json(Json.object()
                .add("projectId", emulator.projectId())
                .add("managementKey", emulator.managementKey())
                .build());
    }

    private Response time() {
        return Response.json(
                Json.object().add("now", clock.instant().toString()).build());
    }

    private Response advanceClock(Request request) {
        Duration step = Body.of(request)
                .allowingOnly(Set.of("advance"))
                .duration("advance")
                .orElseThrow(() -> Refusal.missingArgument("advance must be a duration like PT10M"));
        try {
            clock.advance(step);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidArgument("The clock moves forward only");
        }
        return time();
    }

    private Response rotateKeys(Request request) {
        boolean revokes = Body.of(request).allowingOnly(Set.of("revoke")).flag("revoke");
        String keyId = revokes ? keys.rotateAndRevoke() : keys.rotate();
        return Response.json(Json.object().add("kid", keyId).build());
    }

    private Response reset() {
        emulator.reset();
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }
}
