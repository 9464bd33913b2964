package org.descope4j.emulator;

/** A request the service refuses, with the answer in Descope's form. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String description;

    private Refusal(int status, String code, String description, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.description = description;
    }

    static Refusal malformed(String message) {
        return new Refusal(400, "E011001", "Request is malformed", message);
    }

    static Refusal missingArgument(String message) {
        return new Refusal(400, "E011002", "Request is missing required arguments", message);
    }

    static Refusal invalidRequest(String message) {
        return new Refusal(400, "E011003", "Request is invalid", message);
    }

    static Refusal invalidArgument(String message) {
        return new Refusal(400, "E011004", "Request contains invalid arguments", message);
    }

    static Refusal userExists() {
        return new Refusal(400, "E062107", "User already exists", "User already exists");
    }

    static Refusal userNotFound() {
        return new Refusal(400, "E062108", "User not found", "Cannot find user");
    }

    static Refusal userDisabled() {
        return new Refusal(403, "E011003", "Request is invalid", "The user is disabled");
    }

    static Refusal updateConflict() {
        return new Refusal(400, "E062125", "Update conflict", "Another user has that login ID");
    }

    static Refusal unknownTenant(String tenantId) {
        return invalidArgument("There is no tenant " + tenantId);
    }

    static Refusal notInTenant(String tenantId) {
        return invalidArgument("There is no membership in tenant " + tenantId);
    }

    static Refusal linkNotLoaded() {
        return new Refusal(401, "E062504", "Token expired", "Failed to load magic link token");
    }

    static Refusal unauthorized(String message) {
        return new Refusal(401, "E011002", "Request is missing required arguments", message);
    }

    static Refusal unknownProject(String projectId) {
        return new Refusal(
                401,
                "E011003",
                "Request is invalid",
                "Project " + projectId + " is not known here; see the project IDs in the emulator's log");
    }

    static Refusal invalidToken(String message) {
        return new Refusal(401, "E061005", "Invalid token", message);
    }

    static Refusal foreignToken() {
        return invalidToken("The refresh token belongs to another user than the login ID");
    }

    static Refusal loggedOut() {
        return new Refusal(401, "E064001", "Token expired", "Expired due to logout or a newer refresh token");
    }

    static Refusal unmanaged(String message) {
        return new Refusal(401, "E111119", "Unauthorized", message);
    }

    static Refusal managedUserNotFound() {
        return new Refusal(400, "E112102", "User not found", "Cannot find user");
    }

    static Refusal managedThingExists(String what) {
        return new Refusal(400, "E111127", "Conflict", what + " is there already");
    }

    static Refusal managedThingNotFound(String what) {
        return new Refusal(400, "E011004", "Request contains invalid arguments", "There is no " + what);
    }

    static Refusal accessKeyMissing() {
        return new Refusal(
                401, "E062802", "Missing access key", "Authorization must hold the access key after the project ID");
    }

    static Refusal accessKeyInvalid() {
        return new Refusal(401, "E062803", "Invalid access key", "Access key is not valid");
    }

    static Refusal foreignHost() {
        return new Refusal(
                421,
                "E011003",
                "Request is invalid",
                "The Host header must be localhost, 127.0.0.1, [::1] or a name the emulator is exposed as, alone and with any port");
    }

    static Refusal notAdmin() {
        return new Refusal(
                401,
                "E011003",
                "Request is invalid",
                "The inbox and /_emulator/ need the admin token that the emulator printed at its start: open /inbox?admin=<token>, "
                        + "or send Authorization: Bearer <token>");
    }

    static Refusal foreignOrigin() {
        return new Refusal(
                403, "E011003", "Request is invalid", "Pages of other sites may not send requests to the emulator");
    }

    static Refusal foreignPage() {
        return new Refusal(
                403,
                "E011003",
                "Request is invalid",
                "Pages of other origins, those of other ports of this machine too, may not call /_emulator/; programs may, without"
                        + " Origin and Sec-Fetch-Site");
    }

    static Refusal unknownPath(String method, String path) {
        return new Refusal(404, "E011003", "Request is invalid", "The emulator has nothing at " + method + " " + path);
    }

    static Refusal wrongMethod(String method, String path) {
        return new Refusal(405, "E011003", "Request is invalid", path + " does not take " + method);
    }

    static Refusal bodyTooLarge(int limit) {
        return new Refusal(413, "E011001", "Request is malformed", "A request body has at most " + limit + " bytes");
    }

    static Refusal rateLimited() {
        return new Refusal(429, "E130429", "API rate limit exceeded", "Too many requests, by order of a test");
    }

    static Refusal ordered(int status) {
        return new Refusal(status, "E010009", "Unknown server error", "An error by order of a test");
    }

    static Refusal internalError() {
        return new Refusal(500, "E010009", "Unknown server error", "The emulator failed; its log says why");
    }

    int status() {
        return status;
    }

    Response response() {
        return Response.json(
                status,
                Json.object()
                        .add("errorCode", code)
                        .add("errorDescription", description)
                        .add("errorMessage", String.valueOf(getMessage()))
                        .add("message", String.valueOf(getMessage()))
                        .build());
    }
}
