package org.descope4j.recorded;

import jakarta.json.JsonValue;

/**
 * What of a request is compared.
 *
 * @param body null's JSON form where there is none
 */
record Request(String method, String path, String query, String authorization, JsonValue body) {
    /** When a client fetches keys is its own business, and ours fetches them before anything is spent. */
    boolean isForKeys() {
        return method.equals("GET") && path.contains("/v2/keys/");
    }
}
