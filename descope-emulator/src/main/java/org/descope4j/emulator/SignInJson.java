package org.descope4j.emulator;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;

/** The answer to verify, refresh and logout, with all 19 fields of Descope's JWTResponse. */
final class SignInJson {
    private SignInJson() {}

    /** Who signed in, and until when. */
    record Content(
            String sessionJwt,
            String refreshJwt,
            JsonObject user,
            boolean isFirstSeen,
            Instant now,
            Instant sessionJwtExpiry,
            Instant sessionExpiry) {}

    static JsonObject of(Content content, TokenCookies cookies) {
        JsonObjectBuilder answer = Json.object()
                .add("sessionJwt", content.sessionJwt())
                .add("refreshJwt", content.refreshJwt())
                .add("cookieDomain", "")
                .add("cookiePath", "/")
                .add(
                        "cookieMaxAge",
                        Duration.between(content.now(), content.sessionExpiry()).toSeconds())
                .add("cookieExpiration", content.sessionExpiry().getEpochSecond())
                .add("user", content.user())
                .add("firstSeen", content.isFirstSeen())
                .add("idpResponse", JsonValue.NULL)
                .add("sessionExpiration", content.sessionJwtExpiry().getEpochSecond());
        return withConstants(answer, cookies);
    }

    static JsonObject signedOut(TokenCookies cookies) {
        JsonObjectBuilder answer = Json.object()
                .add("sessionJwt", "")
                .add("refreshJwt", "")
                .add("cookieDomain", "")
                .add("cookiePath", "/")
                .add("cookieMaxAge", 0)
                .add("cookieExpiration", 0)
                .add("user", JsonValue.NULL)
                .add("firstSeen", false)
                .add("idpResponse", JsonValue.NULL)
                .add("sessionExpiration", 0);
        return withConstants(answer, cookies);
    }

    /** The same without what says who it is: the 16 fields of Descope's OptionalJWTResponse. */
    static JsonObject withoutUser(JsonObject answer) {
        return Json.copy(answer)
                .remove("user")
                .remove("firstSeen")
                .remove("idpResponse")
                .build();
    }

    private static JsonObject withConstants(JsonObjectBuilder answer, TokenCookies cookies) {
        return answer.add("externalToken", "")
                .add("claims", JsonValue.EMPTY_JSON_OBJECT)
                .add("tenantSSOID", "")
                .add("trustedDeviceJwt", "")
                .add("nextRefreshSeconds", 0)
                .add("cookieName", cookies.refreshName())
                .add("sessionCookieName", cookies.sessionName())
                .add("sessionCookieDomain", "")
                .add("unsavedSSO", false)
                .build();
    }
}
