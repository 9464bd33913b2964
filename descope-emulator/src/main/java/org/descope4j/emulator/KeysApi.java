package org.descope4j.emulator;

import java.util.Optional;

/** The project's public keys. */
final class KeysApi {
    private final Credentials credentials;
    private final SigningKeys keys;

    KeysApi(Credentials credentials, SigningKeys keys) {
        this.credentials = credentials;
        this.keys = keys;
    }

    void addTo(Router router) {
        router.get("/v2/keys/*", this::set).get("/v1/keys/*", this::list);
    }

    /** The project whose keys are asked for, when it is keys that are asked for. */
    static Optional<String> projectId(Request request) {
        return request.path().startsWith("/v2/keys/") || request.path().startsWith("/v1/keys/")
                ? Optional.of(request.lastSegment())
                : Optional.empty();
    }

    private Response set(Request request) {
        requireProject(request);
        return Response.json(Json.object().add("keys", keys.publicKeys()).build());
    }

    private Response list(Request request) {
        requireProject(request);
        return Response.json(keys.publicKeys());
    }

    /** Only the path counts: the published schema asks for no authorization here, though all clients send it. */
    private void requireProject(Request request) {
        credentials.requireProjectId(request.lastSegment());
    }
}
