package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Set;

/** Sets the stage for tests in any language: projects, their users, access keys and signing keys. */
final class StageApi {
    private static final String PROJECT = "project";

    private final Projects projects;

    StageApi(Projects projects) {
        this.projects = projects;
    }

    void addTo(Router router) {
        router.get("/_emulator/projects", request -> projects())
                .post("/_emulator/projects", this::addProject)
                .get("/_emulator/project", request -> Response.json(json(project(request))))
                .get("/_emulator/users", this::users)
                .post("/_emulator/users", this::addUser)
                .post("/_emulator/access-keys", this::addAccessKey)
                .post("/_emulator/keys/rotate", this::rotateKeys);
    }

    private Response projects() {
        JsonArrayBuilder array = Json.array();
        projects.all().forEach(project -> array.add(json(project)));
        return Response.json(array.build());
    }

    private Response addProject(Request request) {
        try {
            return Response.json(json(projects.add(StageJson.project(Body.of(request)))));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidArgument(String.valueOf(e.getMessage()));
        }
    }

    private Response users(Request request) {
        EmulatedProject project = project(request);
        return Response.json(project.userJson().of(project.users().all()));
    }

    private Response addUser(Request request) {
        EmulatedProject project = project(request);
        User user = project.users().register(StageJson.user(Body.of(request))).orElseThrow(Refusal::userExists);
        return Response.json(project.userJson().of(user));
    }

    private Response addAccessKey(Request request) {
        AccessKeys.Registered registered = project(request)
                .accessKeys()
                .register(StageJson.accessKey(Body.of(request)))
                .orElseThrow(() -> Refusal.managedThingExists("An access key of that text"));
        return Response.json(Json.object()
                .add("keyId", registered.key().id())
                .add("key", registered.text())
                .build());
    }

    private Response rotateKeys(Request request) {
        boolean revokes = Body.of(request).allowingOnly(Set.of("revoke")).flag("revoke");
        SigningKeys keys = project(request).keys();
        String keyId = revokes ? keys.rotateAndRevoke() : keys.rotate();
        return Response.json(Json.object().add("kid", keyId).build());
    }

    private EmulatedProject project(Request request) {
        return request.parameter(PROJECT)
                .map(id -> projects.find(id).orElseThrow(() -> Refusal.managedThingNotFound("project " + id)))
                .orElseGet(projects::first);
    }

    private static JsonObject json(EmulatedProject project) {
        return Json.object()
                .add("projectId", project.id())
                .add("managementKey", project.managementKey())
                .build();
    }
}
