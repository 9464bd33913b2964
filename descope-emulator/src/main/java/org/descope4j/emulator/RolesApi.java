package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The roles of a project and of its tenants, for the project's owner. */
final class RolesApi {
    private final Credentials credentials;
    private final Roles roles;

    RolesApi(Credentials credentials, Roles roles) {
        this.credentials = credentials;
        this.roles = roles;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/role/create", this::create)
                .post("/v1/mgmt/role/create/batch", this::createAll)
                .post("/v1/mgmt/role/update", this::update)
                .post("/v1/mgmt/role/update/batch", this::updateAll)
                .post("/v1/mgmt/role/delete", this::delete)
                .post("/v1/mgmt/role/delete/batch", this::deleteAll)
                .get("/v1/mgmt/role/all", this::loadAll)
                .post("/v1/mgmt/role/search", this::search);
    }

    private Response create(Request request) {
        return Response.json(json(create(credentials.managersBody(request))));
    }

    private Response createAll(Request request) {
        return answer(credentials.managersBody(request).objects("roles").stream()
                .map(this::create)
                .toList());
    }

    private Role create(Body body) {
        Role role = new Role(
                RandomText.id("ROL2"),
                body.requiredText("name"),
                body.text("description").orElse(""),
                body.texts("permissionNames"),
                body.text("tenantId").orElse(""),
                body.flag("default"),
                Instant.EPOCH);
        if (!roles.add(role)) {
            throw Refusal.managedThingExists("Role " + role.name());
        }
        return require(role.name(), role.tenantId());
    }

    private Response update(Request request) {
        return Response.json(json(update(credentials.managersBody(request))));
    }

    private Response updateAll(Request request) {
        return answer(credentials.managersBody(request).objects("roles").stream()
                .map(this::update)
                .toList());
    }

    private Role update(Body body) {
        Role former = named(body);
        Role successor = new Role(
                former.id(),
                body.text("newName").filter(name -> !name.isBlank()).orElse(former.name()),
                body.text("description").orElse(""),
                body.texts("permissionNames"),
                former.tenantId(),
                body.has("default") ? body.flag("default") : former.isDefault(),
                former.createdAt());
        roles.replace(former, successor);
        return successor;
    }

    private Response delete(Request request) {
        roles.remove(named(credentials.managersBody(request)).id());
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response deleteAll(Request request) {
        Body body = credentials.managersBody(request);
        body.texts("roleIds").forEach(roles::remove);
        String tenantId = body.text("tenantId").orElse("");
        body.texts("roleNames").stream()
                .flatMap(name -> roles.find(name, tenantId).stream())
                .map(Role::id)
                .forEach(roles::remove);
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response loadAll(Request request) {
        credentials.requireManager(request);
        return answer(roles.all());
    }

    private Response search(Request request) {
        Body body = credentials.managersBody(request);
        List<String> tenantIds = body.texts("tenantIds");
        List<String> names = body.texts("roleNames");
        List<String> permissions = body.texts("permissionNames");
        String part = body.text("roleNameLike").orElse("").toLowerCase(Locale.ROOT);
        boolean withProjectRoles = body.flag("includeProjectRoles");
        Predicate<Role> wanted = role -> (tenantIds.isEmpty()
                        || tenantIds.contains(role.tenantId())
                        || (withProjectRoles && role.tenantId().isEmpty()))
                && (names.isEmpty() || names.contains(role.name()))
                && role.permissions().containsAll(permissions)
                && role.name().toLowerCase(Locale.ROOT).contains(part);
        return answer(roles.all().stream().filter(wanted).toList());
    }

    private Role named(Body body) {
        String id = body.text("id").orElse("");
        return id.isEmpty()
                ? require(body.requiredText("name"), body.text("tenantId").orElse(""))
                : roles.all().stream()
                        .filter(role -> role.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Refusal.managedThingNotFound("role with ID " + id));
    }

    private Role require(String name, String tenantId) {
        return roles.find(name, tenantId).orElseThrow(() -> Refusal.managedThingNotFound("role " + name));
    }

    private static Response answer(List<Role> found) {
        JsonArrayBuilder array = Json.array();
        found.forEach(role -> array.add(json(role)));
        return Response.json(Json.object().add("roles", array).build());
    }

    private static JsonObject json(Role role) {
        return Json.object()
                .add("id", role.id())
                .add("name", role.name())
                .add("description", role.description())
                .add("permissionNames", Json.array(role.permissions()))
                .add("tenantId", role.tenantId())
                .add("default", role.isDefault())
                .add("createdTime", role.createdAt().getEpochSecond())
                .build();
    }
}
