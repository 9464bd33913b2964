package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The exchange of an access key for a session JWT. */
final class AccessKeyApi {
    private static final Duration LIFETIME = Duration.ofMinutes(3);

    private final Credentials credentials;
    private final AccessKeys keys;
    private final TokenIssuer issuer;
    private final Clock clock;

    AccessKeyApi(Credentials credentials, AccessKeys keys, TokenIssuer issuer, Clock clock) {
        this.credentials = credentials;
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.post("/v1/auth/accesskey/exchange", this::exchange);
    }

    private Response exchange(Request request) {
        String text = credentials.token(request).orElseThrow(Refusal::accessKeyMissing);
        AccessKey key = keys.find(text).orElseThrow(Refusal::accessKeyInvalid);
        Body options = Body.of(request).object("loginOptions");
        JsonObject customClaims = options.object("customClaims").fields();
        String tenant = options.text("selectedTenant").orElse("");
        key.profile().grants().requireMembership(tenant);
        Instant expiry = clock.instant().plus(LIFETIME);
        return Response.json(Json.object()
                .add("keyId", key.id())
                .add("sessionJwt", issuer.accessKeyJwt(key, customClaims, tenant, expiry))
                .add("expiration", expiry.getEpochSecond())
                .build());
    }
}
