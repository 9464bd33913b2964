package org.descope4j.emulator;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** What a caller asks of the session to come. The tenant is empty when none was named. */
record LoginOptions(
        JsonObject customClaims, boolean revokesOtherSessions, boolean isStepUp, boolean isMfa, String tenantId) {
    static final LoginOptions NONE = new LoginOptions(JsonValue.EMPTY_JSON_OBJECT, false, false, false, "");

    /** The options as they stand in {@code loginOptions}. */
    static LoginOptions of(Body options) {
        // all sessions here are of one type, so the types are read only to refuse what is no list of texts
        options.texts("revokeOtherSessionsTypes");
        return new LoginOptions(
                options.object("customClaims").fields(),
                options.flag("revokeOtherSessions"),
                options.flag("stepup"),
                options.flag("mfa"),
                options.text("tenantId").orElse(""));
    }

    /** The one option of these that an update takes, at the top level of its body. */
    static LoginOptions ofUpdate(Body body) {
        return new LoginOptions(JsonValue.EMPTY_JSON_OBJECT, false, false, body.flag("mfa"), "");
    }

    /** Whether the caller must show that the user is signed in already. */
    boolean needsSession() {
        return isStepUp || isMfa;
    }
}
