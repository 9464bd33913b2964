package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The tenants of a project, for its owner. */
final class TenantsApi {
    private final Credentials credentials;
    private final Users users;
    private final Tenants tenants;

    TenantsApi(Credentials credentials, Users users, Tenants tenants) {
        this.credentials = credentials;
        this.users = users;
        this.tenants = tenants;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/tenant/create", this::create)
                .post("/v1/mgmt/tenant/update", this::update)
                .post("/v1/mgmt/tenant/delete", this::delete)
                .get("/v1/mgmt/tenant", this::load)
                .get("/v1/mgmt/tenant/all", this::loadAll)
                .post("/v1/mgmt/tenant/search", this::search);
    }

    private Response create(Request request) {
        Body body = credentials.managersBody(request);
        String name = body.requiredText("name");
        String id = body.text("id").filter(text -> !text.isBlank()).orElseGet(() -> RandomText.id("T2"));
        if (!tenants.add(tenant(id, name, Instant.EPOCH, body))) {
            throw Refusal.managedThingExists("Tenant " + id);
        }
        return Response.json(Json.object().add("id", id).build());
    }

    private Response update(Request request) {
        Body body = credentials.managersBody(request);
        String id = body.requiredText("id");
        Tenants.Entry former = require(id);
        tenants.put(tenant(id, body.text("name").orElse(former.name()), former.createdAt(), body));
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Members leave a tenant that is deleted. */
    private Response delete(Request request) {
        Body body = credentials.managersBody(request);
        body.flag("cascade");
        String id = require(body.requiredText("id")).id();
        tenants.remove(id);
        users.all().stream()
                .filter(user -> user.profile().grants().isIn(id))
                .forEach(user -> users.change(
                        user.id(),
                        member -> member.with(member.profile().toBuilder()
                                .grants(member.profile().grants().outside(id))
                                .build())));
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response load(Request request) {
        credentials.requireManager(request);
        return Response.json(json(require(request.parameter("id").orElse(""))));
    }

    private Response loadAll(Request request) {
        credentials.requireManager(request);
        return answer(tenant -> true);
    }

    private Response search(Request request) {
        Body body = credentials.managersBody(request);
        List<String> ids = body.texts("tenantIds");
        List<String> names = body.texts("tenantNames");
        JsonObject attributes = body.object("customAttributes").fields();
        return answer(tenant -> (ids.isEmpty() || ids.contains(tenant.id()))
                && (names.isEmpty() || names.contains(tenant.name()))
                && tenant.customAttributes().entrySet().containsAll(attributes.entrySet()));
    }

    private Response answer(Predicate<Tenants.Entry> filter) {
        JsonArrayBuilder found = Json.array();
        tenants.all().stream().filter(filter).forEach(tenant -> found.add(json(tenant)));
        return Response.json(Json.object().add("tenants", found).build());
    }

    private Tenants.Entry require(String id) {
        return tenants.find(id).orElseThrow(() -> Refusal.managedThingNotFound("tenant " + id));
    }

    private static Tenants.Entry tenant(String id, String name, Instant createdAt, Body body) {
        return new Tenants.Entry(
                id, name, body.object("customAttributes").fields(), body.texts("selfProvisioningDomains"), createdAt);
    }

    private static JsonObject json(Tenants.Entry tenant) {
        return Json.object()
                .add("id", tenant.id())
                .add("name", tenant.name())
                .add("selfProvisioningDomains", Json.array(tenant.selfProvisioningDomains()))
                .add("customAttributes", tenant.customAttributes())
                .add("domains", JsonValue.EMPTY_JSON_ARRAY)
                .add("authType", "none")
                .add("enforceSSO", false)
                .add("disabled", false)
                .add("createdTime", tenant.createdAt().getEpochSecond())
                .build();
    }
}
