package org.descope4j.emulator;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** A user in the shape of Descope's answers, with all 34 fields. */
final class UserJson {
    private final Roles roles;

    UserJson(Roles roles) {
        this.roles = roles;
    }

    JsonArray of(List<User> users) {
        JsonArrayBuilder array = Json.array();
        users.forEach(user -> array.add(of(user)));
        return array.build();
    }

    JsonObject of(User user) {
        NewUser profile = user.profile();
        Grants grants = roles.spelledOut(profile.grants());
        return Json.object()
                .add(
                        "loginIds",
                        Json.array(
                                profile.loginIds().stream().map(LoginId::value).toList()))
                .add("userId", user.id())
                .add("name", profile.name())
                .add("email", profile.email())
                .add("phone", profile.phone())
                .add("verifiedEmail", profile.hasVerifiedEmail())
                .add("verifiedPhone", profile.hasVerifiedPhone())
                .add("roleNames", Json.array(grants.roles()))
                .add("userTenants", tenants(grants))
                .add("status", user.status().wireName())
                .add(
                        "externalIds",
                        Json.array(
                                profile.loginIds().stream().map(LoginId::value).toList()))
                .add("picture", profile.picture())
                .add("test", profile.isTest())
                .add("customAttributes", profile.customAttributes())
                .add("createdTime", user.createdAt().getEpochSecond())
                .add("TOTP", false)
                .add("SAML", false)
                .add("OAuth", JsonValue.EMPTY_JSON_OBJECT)
                .add("webauthn", false)
                .add("password", false)
                .add("ssoAppIds", JsonValue.EMPTY_JSON_ARRAY)
                .add("givenName", profile.givenName())
                .add("middleName", profile.middleName())
                .add("familyName", profile.familyName())
                .add("editable", true)
                .add("SCIM", false)
                .add("push", false)
                .add("permissions", Json.array(grants.permissions()))
                .add("OIDC", false)
                .add("consentExpiration", 0)
                .add("recoveryEmail", "")
                .add("verifiedRecoveryEmail", false)
                .add("recoveryPhone", "")
                .add("verifiedRecoveryPhone", false)
                .build();
    }

    private static JsonArrayBuilder tenants(Grants grants) {
        JsonArrayBuilder tenants = Json.array();
        for (Tenant tenant : grants.tenants()) {
            tenants.add(Json.object()
                    .add("tenantId", tenant.id())
                    .add("roleNames", Json.array(tenant.roles()))
                    .add("tenantName", tenant.name())
                    .add("permissions", Json.array(tenant.permissions())));
        }
        return tenants;
    }
}
