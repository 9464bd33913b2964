package org.descope4j.emulator;

import jakarta.json.JsonStructure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An HTTP answer. */
record Response(int status, Map<String, List<String>> headers, String body, Delivery delivery) {

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

    /** The same with one more header, or one more value of a header that is there. */
    Response with(String header, String value) {
        Map<String, List<String>> extended = new LinkedHashMap<>(headers);
        extended.merge(
                header,
                List.of(value),
                (former, more) -> Stream.concat(former.stream(), more.stream()).toList());
        return new Response(status, extended, body, delivery);
    }

    /** The same, of which half the body arrives. */
    Response cutOff() {
        return new Response(status, headers, body, Delivery.CUT_OFF);
    }

    /** None at all: the connection ends. */
    static Response dropped() {
        return new Response(0, Map.of(), "", Delivery.DROPPED);
    }

    private static Response text(int status, String contentType, String text) {
        return new Response(status, Map.of("Content-Type", List.of(contentType)), text, Delivery.COMPLETE);
    }
}
