package org.descope4j.recorded;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descope4j.AccessKeySession;
import org.descope4j.AnswerDetails;
import org.descope4j.CookieHints;
import org.descope4j.DeliveryMethod;
import org.descope4j.LinkSent;
import org.descope4j.LiveSession;
import org.descope4j.LoginRecord;
import org.descope4j.RefreshedSession;
import org.descope4j.SignIn;
import org.descope4j.TestLink;
import org.descope4j.Tokens;
import org.descope4j.User;
import org.descope4j.UserTenant;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;

/**
 * What one of our results says, through its public accessors alone, under the names that the two clients give it. So a datum that a
 * caller of ours cannot get at is missing here.
 */
final class Shown {
    private final String projectId;
    private final SessionValidator validator;

    Shown(String projectId, SessionValidator validator) {
        this.projectId = projectId;
        this.validator = validator;
    }

    /** As the Node client names it: what Descope answered, or the token with its claims. */
    JsonValue asInNode(Object result, String sessionJwt) {
        if (result instanceof SignIn signIn) {
            return answer(signIn.tokens(), signIn.user(), signIn.details(), signIn.firstSeen());
        }
        if (result instanceof RefreshedSession refreshed) {
            return Json.createObjectBuilder(answer(refreshed.tokens(), refreshed.user(), refreshed.details(), false))
                    .add("jwt", refreshed.tokens().sessionJwt())
                    .add("token", claims(refreshed.session().claims()))
                    .build();
        }
        if (result instanceof LiveSession live) {
            return live.refreshed()
                    .map(refreshed -> asInNode(refreshed, ""))
                    .orElseGet(() -> asInNode(live.session(), sessionJwt));
        }
        if (result instanceof AccessKeySession accessKeySession) {
            return asInNode(accessKeySession.session(), accessKeySession.sessionJwt());
        }
        if (result instanceof Session session) {
            return Json.createObjectBuilder()
                    .add("jwt", sessionJwt)
                    .add("token", claims(session.claims()))
                    .build();
        }
        if (result instanceof LinkSent sent) {
            String name = sent.deliveryMethod() == DeliveryMethod.EMAIL ? "maskedEmail" : "maskedPhone";
            return Json.createObjectBuilder().add(name, sent.maskedRecipient()).build();
        }
        if (result instanceof TestLink link) {
            return Json.createObjectBuilder()
                    .add("loginId", link.loginId())
                    .add("link", link.link().toString())
                    .build();
        }
        return inBoth(result);
    }

    /** As the Java client names it: tokens with their claims and times. */
    JsonValue asInJava(Object result, String sessionJwt) {
        if (result instanceof SignIn signIn) {
            return information(signIn.session(), signIn.tokens(), signIn.user(), signIn.firstSeen());
        }
        if (result instanceof RefreshedSession refreshed) {
            JsonObject token = token(refreshed.session(), refreshed.tokens().sessionJwt());
            return Json.createObjectBuilder(token)
                    .addAll(Json.createObjectBuilder(
                            information(refreshed.session(), refreshed.tokens(), refreshed.user(), false)))
                    .build();
        }
        if (result instanceof LiveSession live) {
            return live.refreshed()
                    .map(refreshed -> asInJava(refreshed, ""))
                    .orElseGet(() -> asInJava(live.session(), sessionJwt));
        }
        if (result instanceof AccessKeySession accessKeySession) {
            return asInJava(accessKeySession.session(), accessKeySession.sessionJwt());
        }
        if (result instanceof Session session) {
            return token(session, sessionJwt);
        }
        return result instanceof LinkSent sent ? Json.createValue(sent.maskedRecipient()) : inBoth(result);
    }

    private static JsonValue inBoth(Object result) {
        if (result instanceof User user) {
            return user(user);
        }
        if (result instanceof Boolean granted) {
            return granted ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (result instanceof Collection<?> list) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            list.forEach(element -> array.add(
                    element instanceof LoginRecord login ? login(login) : Json.createValue(element.toString())));
            return array.build();
        }
        return result == OurCall.NOTHING ? JsonValue.NULL : Json.createValue(result.toString());
    }

    private static JsonObject answer(Tokens tokens, User user, AnswerDetails details, boolean firstSeen) {
        CookieHints cookies = details.cookies();
        JsonObjectBuilder answer = Json.createObjectBuilder()
                .add("sessionJwt", tokens.sessionJwt())
                .add("refreshJwt", tokens.refreshJwt())
                .add("cookieDomain", cookies.domain().orElse(""))
                .add("cookiePath", cookies.path().orElse(""))
                .add("cookieMaxAge", cookies.maxAge().map(Duration::toSeconds).orElse(0L))
                .add("cookieExpiration", seconds(cookies.expiration()))
                .add("cookieName", cookies.refreshCookieName().orElse(""))
                .add("sessionCookieName", cookies.sessionCookieName().orElse(""))
                .add("sessionCookieDomain", cookies.sessionDomain().orElse(""))
                .add("user", user(user))
                .add("firstSeen", firstSeen)
                .add("sessionExpiration", seconds(details.sessionExpiration()))
                .add(
                        "nextRefreshSeconds",
                        details.nextRefresh().map(Duration::toSeconds).orElse(0L))
                .add("externalToken", details.externalToken().orElse(""))
                .add("trustedDeviceJwt", details.trustedDeviceJwt().orElse(""))
                .add("tenantSSOID", details.tenantSsoId().orElse(""))
                .add("unsavedSSO", details.hasUnsavedSso())
                .add("claims", claims(details.claims()))
                .add("idpResponse", claims(details.identityProviderResponse()));
        return answer.add("cookies", Json.createArrayBuilder().add(cookie(tokens, cookies)))
                .build();
    }

    /** The header that the Node client makes of the answer: all that it says is in the tokens and the hints. */
    private static String cookie(Tokens tokens, CookieHints cookies) {
        return cookies.refreshCookieName().orElse("DSR") + "=" + tokens.refreshJwt() + "; Domain="
                + cookies.domain().orElse("") + "; Max-Age="
                + cookies.maxAge()
                        .map(Duration::toSeconds)
                        .map(Object::toString)
                        .orElse("") + "; Path="
                + cookies.path().orElse("/") + "; HttpOnly; SameSite=Strict";
    }

    private JsonObject information(Session session, Tokens tokens, User user, boolean firstSeen) {
        RefreshToken refreshToken = validator.validateRefresh(tokens.refreshJwt());
        return Json.createObjectBuilder()
                .add("token", token(session, tokens.sessionJwt()))
                .add(
                        "refreshToken",
                        Json.createObjectBuilder()
                                .add("jwt", tokens.refreshJwt())
                                .add("id", refreshToken.subject())
                                .add("projectId", projectId)
                                .add("expiration", refreshToken.expiresAt().toEpochMilli())
                                .add("claims", claims(refreshToken.claims())))
                .add("user", user(user))
                .add("firstSeen", firstSeen)
                .build();
    }

    private JsonObject token(Session session, String jwt) {
        return Json.createObjectBuilder()
                .add("jwt", jwt)
                .add("id", session.subject())
                .add("projectId", projectId)
                .add("expiration", session.expiresAt().toEpochMilli())
                .add("refreshExpiration", refreshExpiration(session))
                .add("claims", claims(session.claims()))
                .build();
    }

    private static JsonValue refreshExpiration(Session session) {
        try {
            return session.claim("rexp")
                    .map(text -> (JsonValue)
                            Json.createValue(Instant.parse(text.toString()).toEpochMilli()))
                    .orElse(JsonValue.NULL);
        } catch (DateTimeParseException e) {
            return JsonValue.NULL;
        }
    }

    private static JsonObject user(User user) {
        JsonObjectBuilder providers = Json.createObjectBuilder();
        user.oauthProviders().forEach(provider -> providers.add(provider, true));
        JsonArrayBuilder tenants = Json.createArrayBuilder();
        user.tenants().forEach(tenant -> tenants.add(tenant(tenant)));
        return Json.createObjectBuilder()
                .add("userId", user.id())
                .add("loginIds", texts(user.loginIds()))
                .add("name", user.name().orElse(""))
                .add("givenName", user.givenName().orElse(""))
                .add("middleName", user.middleName().orElse(""))
                .add("familyName", user.familyName().orElse(""))
                .add("email", user.email().orElse(""))
                .add("verifiedEmail", user.isEmailVerified())
                .add("phone", user.phone().orElse(""))
                .add("verifiedPhone", user.isPhoneVerified())
                .add("recoveryEmail", user.recoveryEmail().orElse(""))
                .add("verifiedRecoveryEmail", user.isRecoveryEmailVerified())
                .add("recoveryPhone", user.recoveryPhone().orElse(""))
                .add("verifiedRecoveryPhone", user.isRecoveryPhoneVerified())
                .add("picture", user.picture().orElse(""))
                .add("status", user.status().orElse(""))
                .add("roleNames", texts(user.roleNames()))
                .add("permissions", texts(user.permissions()))
                .add("userTenants", tenants)
                .add("customAttributes", claims(user.customAttributes()))
                .add("externalIds", texts(user.externalIds()))
                .add("ssoAppIds", texts(user.ssoAppIds()))
                .add("OAuth", providers)
                .add("TOTP", user.hasAuthenticatorApp())
                .add("SAML", user.usesSaml())
                .add("OIDC", user.usesOidc())
                .add("SCIM", user.isManagedByScim())
                .add("webauthn", user.hasPasskey())
                .add("password", user.hasPassword())
                .add("push", user.hasPush())
                .add("editable", user.isEditable())
                .add("test", user.isTestUser())
                .add("createdTime", seconds(user.createdTime()))
                .add("modifiedTime", seconds(user.modifiedTime()))
                .add("consentExpiration", seconds(user.consentExpiration()))
                .build();
    }

    private static JsonObject tenant(UserTenant tenant) {
        return Json.createObjectBuilder()
                .add("tenantId", tenant.tenantId())
                .add("tenantName", tenant.tenantName())
                .add("roleNames", texts(tenant.roleNames()))
                .add("permissions", texts(tenant.permissions()))
                .build();
    }

    private static JsonValue login(LoginRecord login) {
        return Json.createObjectBuilder()
                .add("userId", login.userId().orElse(""))
                .add("loginTime", seconds(login.loginTime()))
                .add(
                        "loginTimeInstant",
                        login.loginTime().map(Instant::toString).orElse(""))
                .add("city", login.city().orElse(""))
                .add("country", login.country().orElse(""))
                .add("ip", login.ip().orElse(""))
                .add("selectedTenant", login.selectedTenant().orElse(""))
                .build();
    }

    private static JsonObject claims(Map<String, Object> claims) {
        return Json.createObjectBuilder(claims).build();
    }

    private static JsonArrayBuilder texts(List<String> texts) {
        return Json.createArrayBuilder(texts);
    }

    private static long seconds(Optional<Instant> time) {
        return time.map(Instant::getEpochSecond).orElse(0L);
    }
}
