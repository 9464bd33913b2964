package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.function.Predicate;

/** What signed-in users may ask about themselves. */
final class MeApi {
    private static final String UNKNOWN_PLACE = "";

    private final Credentials credentials;
    private final Users users;
    private final SignInHistory history;

    MeApi(Credentials credentials, Users users, SignInHistory history) {
        this.credentials = credentials;
        this.users = users;
        this.history = history;
    }

    void addTo(Router router) {
        router.get("/v1/auth/me", this::me)
                .get("/v1/auth/me/history", this::history)
                .post("/v1/auth/me/tenants", this::tenants);
    }

    private Response me(Request request) {
        return Response.json(
                UserJson.of(users.require(credentials.requireSession(request).userId())));
    }

    private Response history(Request request) {
        JsonArrayBuilder array = Json.array();
        for (SignInHistory.Entry entry :
                history.of(credentials.requireSession(request).userId())) {
            array.add(Json.object()
                    .add("userId", entry.userId())
                    .add("loginTime", entry.at().getEpochSecond())
                    .add("city", UNKNOWN_PLACE)
                    .add("country", UNKNOWN_PLACE)
                    .add("ip", entry.address())
                    .add("selectedTenant", entry.selectedTenant()));
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
