package org.descope4j;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every JSON shape of Descope's API that is used here. The records are public because JSON-B implementations refuse
 * others; this class is not. Whatever an answer has beyond these fields is ignored, whatever it lacks is null.
 */
final class Wire {
    private Wire() {}

    /**
     * Body of sign-up, sign-in and sign-up-or-in.
     *
     * @param loginId the login ID
     * @param redirectUri where the link leads; Descope's clients name it in upper case
     * @param loginOptions none yet, and an empty object then, as Descope's own client for Node sends
     */
    public record LinkRequest(
            String loginId, @JsonbProperty("URI") String redirectUri, Map<String, Object> loginOptions) {}

    /**
     * Answer to {@link LinkRequest}: one of the two.
     *
     * @param maskedEmail for e-mail
     * @param maskedPhone for SMS and WhatsApp
     */
    public record LinkAnswer(
            @Nullable String maskedEmail, @Nullable String maskedPhone) {}

    /**
     * Body of verify.
     *
     * @param token the link token
     */
    public record VerifyRequest(String token) {}

    /** Body of the calls whose only argument is the refresh JWT in the header. */
    public record NoArguments() {}

    /**
     * Answer to verify and refresh.
     *
     * @param sessionJwt the session JWT
     * @param refreshJwt the refresh JWT; empty after a refresh without rotation
     * @param user the user
     * @param firstSeen whether the user signed in for the first time
     */
    public record JwtAnswer(
            @Nullable String sessionJwt,
            @Nullable String refreshJwt,
            @Nullable UserAnswer user,
            @Nullable Boolean firstSeen) {}

    /**
     * The user in an answer.
     *
     * @param userId the user ID
     * @param loginIds the login IDs
     * @param name the name, empty for none
     * @param email the e-mail address, empty for none
     * @param phone the phone number, empty for none
     */
    public record UserAnswer(
            @Nullable String userId,
            @Nullable List<String> loginIds,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone) {}

    /**
     * Body of an error.
     *
     * @param errorCode such as E062108
     * @param errorDescription the code's name
     * @param errorMessage about this request
     */
    public record ErrorAnswer(
            @Nullable String errorCode,
            @Nullable String errorDescription,
            @Nullable String errorMessage) {}
}
