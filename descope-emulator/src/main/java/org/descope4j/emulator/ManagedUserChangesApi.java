package org.descope4j.emulator;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What a project's owner may change of a user, one thing at a time. */
final class ManagedUserChangesApi {
    private final Credentials credentials;
    private final ManagedUsers users;
    private final UserJson userJson;

    ManagedUserChangesApi(Credentials credentials, ManagedUsers users, UserJson userJson) {
        this.credentials = credentials;
        this.users = users;
        this.userJson = userJson;
    }

    void addTo(Router router) {
        change(router, "status", (user, body) -> users.setStatus(user, UserStatus.of(body.requiredText("status"))));
        changeProfile(router, "loginid", this::loginId);
        changeProfile(
                router,
                "email",
                (profile, body) -> profile.toBuilder()
                        .email(body.text("email").orElse(""))
                        .hasVerifiedEmail(body.flag("verified")));
        changeProfile(
                router,
                "phone",
                (profile, body) -> profile.toBuilder()
                        .phone(body.text("phone").orElse(""))
                        .hasVerifiedPhone(body.flag("verified")));
        changeProfile(router, "name", ManagedUserChangesApi::names);
        changeProfile(
                router,
                "picture",
                (profile, body) ->
                        profile.toBuilder().picture(body.text("picture").orElse("")));
        changeProfile(router, "customAttribute", ManagedUserChangesApi::customAttribute);
        changeProfile(router, "tenant/add", (profile, body) -> {
            NewUser.Builder member = profile.toBuilder();
            users.users()
                    .tenants()
                    .join(
                            member,
                            body.requiredText("tenantId"),
                            profile.grants().rolesIn(body.requiredText("tenantId")));
            return member;
        });
        changeProfile(
                router,
                "tenant/remove",
                (profile, body) -> profile.toBuilder().grants(profile.grants().outside(body.requiredText("tenantId"))));
        changeRoles(router, "/v1/mgmt/user/update/role/set", (roles, named) -> named);
        changeRoles(router, "/v1/mgmt/user/update/role/add", ManagedUserChangesApi::union);
        changeRoles(router, "/v2/mgmt/user/update/role/add", ManagedUserChangesApi::union);
        changeRoles(
                router,
                "/v1/mgmt/user/update/role/remove",
                (roles, named) ->
                        roles.stream().filter(role -> !named.contains(role)).toList());
    }

    private void changeProfile(Router router, String what, BiFunction<NewUser, Body, NewUser.Builder> change) {
        change(router, what, (user, body) -> users.change(user, profile -> change.apply(profile, body)));
    }

    private void change(Router router, String what, BiFunction<User, Body, User> change) {
        router.post("/v1/mgmt/user/update/" + what, request -> answer(request, change));
    }

    private void changeRoles(Router router, String path, BiFunction<List<String>, List<String>, List<String>> change) {
        router.post(
                path,
                request -> answer(
                        request,
                        (user, body) -> users.change(user, profile -> {
                            String tenantId = body.text("tenantId").orElse("");
                            Grants grants = profile.grants();
                            grants.requireMembership(tenantId);
                            List<String> roles = change.apply(grants.rolesIn(tenantId), body.texts("roleNames"));
                            return profile.toBuilder().grants(grants.withRoles(roles, tenantId));
                        })));
    }

    private Response answer(Request request, BiFunction<User, Body, User> change) {
        Body body = credentials.managersBody(request);
        User changed = change.apply(users.named(body), body);
        return Response.json(Json.object().add("user", userJson.of(changed)).build());
    }

    /** Another user's login ID is refused; without a new one, the former is taken away unless it is the last. */
    private NewUser.Builder loginId(NewUser profile, Body body) {
        LoginId former = body.loginId();
        String successor = body.text("newLoginId").orElse("");
        if (successor.isBlank() && profile.loginIds().size() == 1) {
            throw Refusal.invalidArgument("The last login ID of a user cannot be taken away");
        }
        return successor.isBlank()
                ? profile.toBuilder().withoutLoginId(former)
                : profile.toBuilder().withoutLoginId(former).loginId(successor);
    }

    private static NewUser.Builder names(NewUser profile, Body body) {
        NewUser.Builder named = profile.toBuilder();
        body.text("displayName").or(() -> body.text("name")).ifPresent(named::name);
        body.text("givenName").ifPresent(named::givenName);
        body.text("middleName").ifPresent(named::middleName);
        body.text("familyName").ifPresent(named::familyName);
        return named;
    }

    private static NewUser.Builder customAttribute(NewUser profile, Body body) {
        return profile.toBuilder()
                .customAttributes(Json.copy(profile.customAttributes())
                        .add(
                                body.requiredText("attributeKey"),
                                body.fields().getOrDefault("attributeValue", JsonValue.NULL))
                        .build());
    }

    private static List<String> union(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
