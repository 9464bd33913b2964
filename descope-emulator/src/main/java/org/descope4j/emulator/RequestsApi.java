package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** Shows what clients sent, to tests in any language. */
final class RequestsApi {
    private final RequestLog log;

    RequestsApi(RequestLog log) {
        this.log = log;
    }

    void addTo(Router router) {
        router.get("/_emulator/requests", this::requests);
    }

    private Response requests(Request request) {
        String path = request.parameter("path").orElse("/");
        JsonArrayBuilder array = Json.array();
        log.requests().stream()
                .filter(recorded -> recorded.path().startsWith(path))
                .forEach(recorded -> array.add(json(recorded)));
        return Response.json(array.build());
    }

    private static JsonObject json(RecordedRequest recorded) {
        JsonObjectBuilder headers = Json.object();
        recorded.headers().forEach((name, values) -> headers.add(name, Json.array(values)));
        return Json.object()
                .add("method", recorded.method())
                .add("path", recorded.path())
                .add("query", recorded.query())
                .add("headers", headers)
                .add("body", recorded.body())
                .add("receivedAt", recorded.receivedAt().toString())
                .build();
    }
}
