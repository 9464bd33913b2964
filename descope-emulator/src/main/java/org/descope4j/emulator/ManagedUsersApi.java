package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a project's owner may do to users as a whole: create, update, delete and sign them out. */
final class ManagedUsersApi {
    private final Credentials credentials;
    private final ManagedUsers users;
    private final UserJson userJson;

    ManagedUsersApi(Credentials credentials, ManagedUsers users, UserJson userJson) {
        this.credentials = credentials;
        this.users = users;
        this.userJson = userJson;
    }

    void addTo(Router router) {
        router.post("/v1/mgmt/user/create", request -> answer(request, this::create))
                .post("/v1/mgmt/user/create/test", request -> answer(request, users::createTestUser))
                .post("/v1/mgmt/user/create/batch", request -> batch(request, "createdUsers", this::create))
                .post("/v1/mgmt/user/update", request -> answer(request, users::update))
                .patch("/v1/mgmt/user/patch", request -> answer(request, users::patch))
                .patch("/v1/mgmt/user/patch/batch", request -> batch(request, "patchedUsers", users::patch))
                .post("/v1/mgmt/user/delete", this::delete)
                .post("/v1/mgmt/user/delete/batch", this::deleteAll)
                .post("/v1/mgmt/user/logout", this::logout)
                .delete("/v1/mgmt/user/test/delete/all", this::deleteTestUsers);
    }

    private User create(Body body) {
        return body.flag("test") ? users.createTestUser(body) : users.create(body);
    }

    private Response answer(Request request, Function<Body, User> change) {
        User user = change.apply(credentials.managersBody(request));
        return Response.json(Json.object().add("user", userJson.of(user)).build());
    }

    /** Each by itself: who is refused is told, and the others are changed nonetheless. */
    private Response batch(Request request, String name, Function<Body, User> change) {
        List<User> changed = new ArrayList<>();
        JsonArrayBuilder failed = Json.array();
        for (Body body : credentials.managersBody(request).objects("users")) {
            try {
                changed.add(change.apply(body));
            } catch (Refusal e) {
                failed.add(Json.object()
                        .add("failure", String.valueOf(e.getMessage()))
                        .add(
                                "user",
                                Json.object()
                                        .add(
                                                "loginIds",
                                                Json.array(List.of(
                                                        body.text("loginId").orElse(""))))));
            }
        }
        return Response.json(Json.object()
                .add(name, userJson.of(changed))
                .add("failedUsers", failed)
                .build());
    }

    private Response delete(Request request) {
        users.delete(users.named(credentials.managersBody(request)));
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response deleteAll(Request request) {
        credentials.managersBody(request).texts("userIds").stream()
                .flatMap(id -> users.users().findById(id).stream())
                .forEach(users::delete);
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response logout(Request request) {
        Body body = credentials.managersBody(request);
        body.texts("sessionTypes");
        users.signOut(users.named(body));
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Response deleteTestUsers(Request request) {
        credentials.requireManager(request);
        users.deleteTestUsers();
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }
}
