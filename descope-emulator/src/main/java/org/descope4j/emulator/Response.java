package org.descope4j.emulator;

import jakarta.json.JsonStructure;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer. */
record Response(int status, Map<String, String> headers, String body) {

    static Response json(JsonStructure structure) {
        return json(200, structure);
    }

    static Response json(int status, JsonStructure structure) {
        return text(status, "application/json", Json.write(structure));
    }

    static Response html(String page) {
        return text(200, "text/html; charset=utf-8", page);
    }

    static Response redirect(String location) {
        return text(302, "text/plain; charset=utf-8", "").with("Location", location);
    }

    Response with(String header, String value) {
        Map<String, String> extended = new LinkedHashMap<>(headers);
        extended.put(header, value);
        return new Response(status, extended, body);
    }

    private static Response text(int status, String contentType, String text) {
        return new Response(status, Map.of("Content-Type", contentType), text);
    }
}
