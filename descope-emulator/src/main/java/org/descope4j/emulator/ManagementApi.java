package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import java.util.List;

/** What remains for the project's owner to ask: who signed in when, and what their license is. */
final class ManagementApi {
    private final Credentials credentials;
    private final SignInHistory history;

    ManagementApi(Credentials credentials, SignInHistory history) {
        this.credentials = credentials;
        this.history = history;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/user/history", this::history).get("/v1/mgmt/license", this::license);
    }

    private Response history(Request request) {
        credentials.requireManager(request);
        List<String> userIds = Json.parseTexts(request.body());
        JsonArrayBuilder array = Json.array();
        userIds.stream().flatMap(id -> history.of(id).stream()).forEach(entry -> array.add(entry.json()));
        return Response.json(array.build());
    }

    private Response license(Request request) {
        credentials.requireManager(request);
        return Response.json(Json.object().add("rateLimitTier", "tier1").build());
    }
}
