package org.descope4j.emulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the handler of a request. A path that ends in {@code /*} stands for any one last segment. */
final class Router implements Handler {
    private static final Map<String, Handler> NOTHING = Map.of();

    private final Map<String, Map<String, Handler>> byPathAndMethod = new HashMap<>();

    Router get(String path, Handler handler) {
        return add("HEAD", path, handler).add("GET", path, handler);
    }

    Router post(String path, Handler handler) {
        return add("POST", path, handler);
    }

    Router patch(String path, Handler handler) {
        return add("PATCH", path, handler);
    }

    Router delete(String path, Handler handler) {
        return add("DELETE", path, handler);
    }

    /** All that is routed, as method and path. HEAD is left out, which goes wherever GET does. */
    Set<String> calls() {
        return byPathAndMethod.entrySet().stream()
                .flatMap(path -> path.getValue().keySet().stream().map(method -> method + " " + path.getKey()))
                .filter(call -> !call.startsWith("HEAD "))
                .collect(Collectors.toSet());
    }

    @Override
    public Response handle(Request request) {
        Map<String, Handler> handlers = find(request.path());
        if (handlers.isEmpty()) {
            throw Refusal.unknownPath(request.method(), request.path());
        }
        return Optional.ofNullable(handlers.get(request.method()))
                .orElseThrow(() -> Refusal.wrongMethod(request.method(), request.path()))
                .handle(request);
    }

    private Map<String, Handler> find(String path) {
        String anyLastSegment = path.substring(0, path.lastIndexOf('/') + 1) + "*";
        return byPathAndMethod.getOrDefault(path, byPathAndMethod.getOrDefault(anyLastSegment, NOTHING));
    }

    private Router add(String method, String path, Handler handler) {
        byPathAndMethod.computeIfAbsent(path, any -> new HashMap<>()).put(method, handler);
        return this;
    }
}
