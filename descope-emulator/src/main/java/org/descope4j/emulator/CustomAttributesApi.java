package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** The definitions of users' custom attributes. */
final class CustomAttributesApi {
    private final Credentials credentials;
    private final CustomAttributes attributes;

    CustomAttributesApi(Credentials credentials, CustomAttributes attributes) {
        this.credentials = credentials;
        this.attributes = attributes;
    }

    void addTo(Router router) {
        router.get("/v1/mgmt/user/customattributes", this::load)
                .post("/v1/mgmt/user/customattribute/create", this::define)
                .post("/v1/mgmt/user/customattribute/delete", this::delete);
    }

    private Response load(Request request) {
        credentials.requireManager(request);
        return all();
    }

    private Response define(Request request) {
        for (Body attribute : credentials.managersBody(request).objects("attributes")) {
            String name = attribute.requiredText("name");
            attributes.define(name, complete(name, attribute));
        }
        return all();
    }

    private static JsonObject complete(String name, Body attribute) {
        return Json.object()
                .add("name", name)
                .add("type", attribute.number("type", 0))
                .add("options", attribute.fields().getOrDefault("options", JsonValue.EMPTY_JSON_ARRAY))
                .add("displayName", attribute.text("displayName").orElse(name))
                .build();
    }

    private Response delete(Request request) {
        credentials.managersBody(request).texts("names").forEach(attributes::remove);
        return all();
    }

    private Response all() {
        List<JsonObject> all = attributes.all();
        JsonArrayBuilder data = Json.array();
        all.forEach(data::add);
        return Response.json(
                Json.object().add("data", data).add("total", all.size()).build());
    }
}
