package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.function.Predicate;

/** What signed-in users may ask about themselves. */
final class MeApi {
    private final Credentials credentials;
    private final Users users;
    private final UserJson userJson;
    private final SignInHistory history;

    MeApi(Credentials credentials, Users users, UserJson userJson, SignInHistory history) {
        this.credentials = credentials;
        this.users = users;
        this.userJson = userJson;
        this.history = history;
    }

    void addTo(Router router) {
        router.get("/v1/auth/me", this::me)
                .get("/v1/auth/me/history", this::history)
                .post("/v1/auth/me/tenants", this::tenants);
    }

    private Response me(Request request) {
        return Response.json(
                userJson.of(users.require(credentials.requireSession(request).userId())));
    }

    private Response history(Request request) {
        JsonArrayBuilder array = Json.array();
        for (SignInHistory.Entry entry :
                history.of(credentials.requireSession(request).userId())) {
            array.add(entry.json());
        }
        return Response.json(array.build());
    }

    private Response tenants(Request request) {
        Session session = credentials.requireSession(request);
        Predicate<Tenant> wanted = wanted(Body.of(request), session);
        JsonArrayBuilder array = Json.array();
        users.require(session.userId()).profile().grants().tenants().stream()
                .filter(wanted)
                .flatMap(tenant -> users.tenants().find(tenant.id()).stream())
                .forEach(tenant -> array.add(Json.object()
                        .add("id", tenant.id())
                        .add("name", tenant.name())
                        .add("customAttributes", tenant.customAttributes())));
        return Response.json(Json.object().add("tenants", array).build());
    }

    private static Predicate<Tenant> wanted(Body body, Session session) {
        if (body.flag("dct")) {
            return tenant -> tenant.id().equals(session.terms().selectedTenant());
        }
        List<String> ids = body.texts("ids");
        return tenant -> ids.isEmpty() || ids.contains(tenant.id());
    }
}
