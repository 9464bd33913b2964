package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/** The permissions of a project, for its owner. */
final class PermissionsApi {
    private final Credentials credentials;
    private final Roles roles;

    PermissionsApi(Credentials credentials, Roles roles) {
        this.credentials = credentials;
        this.roles = roles;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/permission/create", this::create)
                .post("/v1/mgmt/permission/create/batch", this::createAll)
                .post("/v1/mgmt/permission/update", this::update)
                .post("/v1/mgmt/permission/update/batch", this::updateAll)
                .post("/v1/mgmt/permission/delete", this::delete)
                .post("/v1/mgmt/permission/delete/batch", this::deleteAll)
                .get("/v1/mgmt/permission/all", this::loadAll);
    }

    private Response create(Request request) {
        return Response.json(json(create(credentials.managersBody(request))));
    }

    private Response createAll(Request request) {
        return answer(credentials.managersBody(request).objects("permissions").stream()
                .map(this::create)
                .toList());
    }

    private Permission create(Body body) {
        Permission permission = new Permission(
                RandomText.id("PER2"),
                body.requiredText("name"),
                body.text("description").orElse(""));
        if (!roles.add(permission)) {
            throw Refusal.managedThingExists("Permission " + permission.name());
        }
        return permission;
    }

    private Response update(Request request) {
        return Response.json(json(update(credentials.managersBody(request))));
    }

    private Response updateAll(Request request) {
        return answer(credentials.managersBody(request).objects("permissions").stream()
                .map(this::update)
                .toList());
    }

    private Permission update(Body body) {
        Permission former = named(body);
        Permission successor = new Permission(
                former.id(),
                body.text("newName").filter(name -> !name.isBlank()).orElse(former.name()),
                body.text("description").orElse(""));
        roles.replace(former, successor);
        return successor;
    }

    private Response delete(Request request) {
        roles.remove(named(credentials.managersBody(request)));
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response deleteAll(Request request) {
        Body body = credentials.managersBody(request);
        List<String> namesAndIds = Stream.concat(body.texts("names").stream(), body.texts("ids").stream())
                .toList();
        roles.permissions().stream()
                .filter(permission -> namesAndIds.contains(permission.name()) || namesAndIds.contains(permission.id()))
                .forEach(roles::remove);
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response loadAll(Request request) {
        credentials.requireManager(request);
        return answer(roles.permissions());
    }

    private Permission named(Body body) {
        String id = body.text("id").orElse("");
        String name = id.isEmpty() ? body.requiredText("name") : "";
        return roles.permissions().stream()
                .filter(permission ->
                        permission.name().equals(name) || permission.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.managedThingNotFound("permission " + name + id));
    }

    private static Response answer(List<Permission> found) {
        JsonArrayBuilder array = Json.array();
        found.forEach(permission -> array.add(json(permission)));
        return Response.json(Json.object().add("permissions", array).build());
    }

    private static JsonObject json(Permission permission) {
        return Json.object()
                .add("id", permission.id())
                .add("name", permission.name())
                .add("description", permission.description())
                .add("systemDefault", false)
                .build();
    }
}
