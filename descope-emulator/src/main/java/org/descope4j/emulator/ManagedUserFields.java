package org.descope4j.emulator;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A user's fields as management calls name them. Fields that are absent change nothing. */
final class ManagedUserFields {
    private static final Map<String, BiConsumer<NewUser.Builder, String>> TEXTS = Map.of(
            "displayName", NewUser.Builder::name,
            "name", NewUser.Builder::name,
            "givenName", NewUser.Builder::givenName,
            "middleName", NewUser.Builder::middleName,
            "familyName", NewUser.Builder::familyName,
            "email", NewUser.Builder::email,
            "phone", NewUser.Builder::phone,
            "picture", NewUser.Builder::picture);

    private final Tenants tenants;

    ManagedUserFields(Tenants tenants) {
        this.tenants = tenants;
    }

    NewUser.Builder apply(Body body, NewUser.Builder user) {
        TEXTS.forEach((name, set) -> body.text(name).ifPresent(text -> set.accept(user, text)));
        Stream.of("additionalLoginIds", "additionalIdentifiers")
                .flatMap(name -> body.texts(name).stream())
                .filter(text -> !text.isBlank())
                .forEach(user::loginId);
        if (body.has("customAttributes")) {
            user.customAttributes(body.object("customAttributes").fields());
        }
        if (body.has("roleNames")) {
            user.roles(body.texts("roleNames"));
        }
        if (body.has("verifiedEmail")) {
            user.hasVerifiedEmail(body.flag("verifiedEmail"));
        }
        if (body.has("verifiedPhone")) {
            user.hasVerifiedPhone(body.flag("verifiedPhone"));
        }
        if (body.has("userTenants")) {
            joinOnly(body.objects("userTenants"), user);
        }
        return user;
    }

    private void joinOnly(List<Body> memberships, NewUser.Builder user) {
        user.withoutTenants();
        memberships.forEach(
                membership -> tenants.join(user, membership.requiredText("tenantId"), membership.texts("roleNames")));
    }
}
