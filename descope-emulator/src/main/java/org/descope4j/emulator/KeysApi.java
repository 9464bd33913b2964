package org.descope4j.emulator;

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
