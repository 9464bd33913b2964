package org.descope4j.emulator;

/** Judges session JWTs for callers that do not do it themselves. */
final class ValidateApi {
    private final Credentials credentials;
    private final TokenIssuer issuer;

    ValidateApi(Credentials credentials, TokenIssuer issuer) {
        this.credentials = credentials;
        this.issuer = issuer;
    }

    void addTo(Router router) {
        router.post("/v1/auth/validate", this::validate);
    }

    private Response validate(Request request) {
        String sessionJwt = credentials
                .token(request)
                .orElseThrow(
                        () -> Refusal.invalidToken("Authorization must hold the session token after the project ID"));
        Body.of(request);
        return Response.json(issuer.claimsOfSession(sessionJwt));
    }
}
