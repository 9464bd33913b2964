package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Finds users for a project's owner. */
final class ManagedUserSearchApi {
    private static final int DEFAULT_LIMIT = 100;

    private final Credentials credentials;
    private final ManagedUsers users;
    private final UserJson userJson;

    ManagedUserSearchApi(Credentials credentials, ManagedUsers users, UserJson userJson) {
        this.credentials = credentials;
        this.users = users;
        this.userJson = userJson;
    }

    void addTo(Router router) {
        router.get("/v1/mgmt/user", this::load)
                .post("/v1/mgmt/users/load", this::loadAll)
                .post("/v2/mgmt/user/search", request -> search(request, testUsersAsAskedFor(request)))
                .post(
                        "/v2/mgmt/user/search/test",
                        request -> search(request, user -> user.profile().isTest()));
    }

    private Response load(Request request) {
        credentials.requireManager(request);
        return Response.json(
                Json.object().add("user", userJson.of(users.named(request))).build());
    }

    private Response loadAll(Request request) {
        List<String> ids = credentials.managersBody(request).texts("userIds");
        List<User> found =
                ids.stream().flatMap(id -> users.users().findById(id).stream()).toList();
        return Response.json(Json.object().add("users", userJson.of(found)).build());
    }

    private Response search(Request request, Predicate<User> kind) {
        Body body = credentials.managersBody(request);
        List<User> found =
                users.users().all().stream().filter(kind.and(matching(body))).toList();
        int limit = body.number("limit", 0);
        List<User> page = found.stream()
                .skip((long) body.number("page", 0) * (limit == 0 ? DEFAULT_LIMIT : limit))
                .limit(limit == 0 ? DEFAULT_LIMIT : limit)
                .toList();
        return Response.json(Json.object()
                .add("users", userJson.of(page))
                .add("total", found.size())
                .build());
    }

    private Predicate<User> testUsersAsAskedFor(Request request) {
        Body body = credentials.managersBody(request);
        if (body.flag("testUsersOnly")) {
            return user -> user.profile().isTest();
        }
        return body.flag("withTestUser")
                ? user -> true
                : user -> !user.profile().isTest();
    }

    /** Every filter that is there must let the user through; one without entries lets everybody through. */
    private static Predicate<User> matching(Body body) {
        JsonObject attributes = body.object("customAttributes").fields();
        return any(body, "loginIds", (user, id) -> user.profile().loginIds().contains(LoginId.of(id)))
                .and(any(body, "userIds", (user, id) -> user.id().equals(id)))
                .and(any(
                        body,
                        "emails",
                        (user, email) ->
                                user.profile().email().equals(LoginId.of(email).value())))
                .and(any(
                        body,
                        "phones",
                        (user, phone) ->
                                user.profile().phone().equals(LoginId.of(phone).value())))
                .and(any(body, "statuses", (user, status) -> user.status() == UserStatus.of(status)))
                .and(any(
                        body,
                        "roleNames",
                        (user, role) -> user.profile().grants().roles().contains(role)))
                .and(any(
                        body,
                        "tenantIds",
                        (user, tenant) -> user.profile().grants().isIn(tenant)))
                .and(user -> user.profile().customAttributes().entrySet().containsAll(attributes.entrySet()))
                .and(user -> contains(user, body.text("text").orElse("")));
    }

    private static boolean contains(User user, String text) {
        NewUser profile = user.profile();
        String searched = String.join(
                " ",
                profile.name(),
                profile.email(),
                profile.phone(),
                profile.loginIds().toString());
        return searched.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static Predicate<User> any(Body body, String name, Criterion criterion) {
        List<String> wanted = body.texts(name);
        return user -> wanted.isEmpty() || wanted.stream().anyMatch(value -> criterion.isMet(user, value));
    }

    /** Whether a user is what one entry of a filter asks for. */
    @FunctionalInterface
    private interface Criterion {
        boolean isMet(User user, String value);
    }
}
