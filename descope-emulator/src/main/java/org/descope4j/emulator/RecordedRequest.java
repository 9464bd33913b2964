package org.descope4j.emulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the emulator received, with everything in it, secrets too.
 *
 * @param method the HTTP method
 * @param path the path, as it was sent
 * @param query the query without the question mark, empty when there was none
 * @param headers the headers' values by their names; names begin with a capital and go on in lower case
 * @param body the body, empty when there was none
 * @param receivedAt the time by the emulator's clock
 */
public record RecordedRequest(
        String method, String path, String query, Map<String, List<String>> headers, String body, Instant receivedAt) {

    /**
     * Keeps a copy of the headers.
     *
     * @param method the method
     * @param path the path
     * @param query the query, may be empty
     * @param headers the headers
     * @param body the body, may be empty
     * @param receivedAt when it came
     */
    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * The first value of a header.
     *
     * @param name the header's name, in any case
     * @return the value, absent when the header was not sent
     */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }
}
