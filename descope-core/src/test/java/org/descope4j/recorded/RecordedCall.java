package org.descope4j.recorded;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One call that one of the two clients made, what went over the wire, and what it made of the answers. */
record RecordedCall(Client client, JsonObject recording) {
    enum Client {
        NODE,
        JAVA
    }

    /** A request of theirs and the canned answer to it. */
    record Exchange(Request request, JsonObject answer) {}

    /** Which recording it is: the same name stands for the same call of the other client. */
    String name() {
        return recording.getString("name");
    }

    /** As the list of differences names it. */
    String id() {
        return client.name().toLowerCase(Locale.ROOT) + "/" + name();
    }

    String operation() {
        return recording.getJsonObject("call").getString("operation");
    }

    JsonObject arguments() {
        return recording.getJsonObject("call").getJsonObject("arguments");
    }

    JsonObject config() {
        return recording.getJsonObject("config");
    }

    JsonObject outcome() {
        return recording.getJsonObject("outcome");
    }

    /** Its token was signed for that run, so only the kind of the outcome can be compared. */
    boolean isDynamic() {
        return recording.getBoolean("dynamic", false);
    }

    List<Exchange> exchanges() {
        return recording.getJsonArray("exchanges").getValuesAs(JsonObject.class).stream()
                .map(exchange ->
                        new Exchange(request(exchange.getJsonObject("request")), exchange.getJsonObject("response")))
                .toList();
    }

    private static Request request(JsonObject request) {
        String query = request.getJsonObject("query").entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + ((JsonString) parameter.getValue()).getString())
                .reduce((first, second) -> first + "&" + second)
                .orElse("");
        Map<String, JsonValue> headers = request.getJsonObject("headers");
        String authorization = headers.containsKey("authorization")
                ? request.getJsonObject("headers").getString("authorization")
                : "";
        return new Request(
                request.getString("method"),
                request.getString("path"),
                query,
                authorization,
                request.getOrDefault("body", JsonValue.NULL));
    }

    @Override
    public String toString() {
        return operation() + " " + id();
    }
}
