package org.descope4j;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every JSON shape of Descope's API that is used here. The records are public because JSON-B implementations refuse
 * others; this class is not. Whatever an answer has beyond these fields is ignored, whatever it lacks is null; a null field of a request
 * is left out.
 *
 * <p>Implementations of JSON-B hash what they write. Java 17 keeps the class of a component whose hash code it made last (JDK-8078641), and
 * with it an application that has ended, so requests that hold a class of ours write their hash codes out.
 *
 * <p>The numbers in answers are {@code Object}: they are hints, and a hint that is a text or out of range may not cost the
 * sign-in that it came with.
 */
final class Wire {
    private Wire() {}

    /**
     * Body of sign-up, sign-in and sign-up-or-in.
     *
     * @param loginId the login ID
     * @param redirectUri where the link leads; Descope's clients name it in upper case
     * @param user sign-up only
     * @param providerId which of the project's connectors sends the message
     * @param useRecovery whether the message goes to the user's address or number for recovery; not at sign-up
     * @param loginOptions an empty object where there are none, as Descope's own client for Node sends
     */
    public record LinkRequest(
            String loginId,
            @JsonbProperty("URI") @Nullable String redirectUri,
            @Nullable UserDetails user,
            @Nullable String providerId,
            @Nullable Boolean useRecovery,
            LoginOptions loginOptions) {
        @Override
        public int hashCode() {
            return loginId.hashCode();
        }
    }

    /**
     * What a link is asked for with.
     *
     * @param stepup whether the session becomes a step-up session
     * @param mfa whether the link is a second factor
     * @param customClaims claims for the session JWT
     * @param templateId which template of the message
     * @param templateOptions values for the template
     * @param locale language of the message
     * @param tenantId the tenant to sign in to
     * @param revokeOtherSessions whether other sessions of the user end
     * @param revokeOtherSessionsTypes which of them
     * @param pkceChallenge base64
     * @param ssoAppId the application that the sign-in is for
     */
    public record LoginOptions(
            @Nullable Boolean stepup,
            @Nullable Boolean mfa,
            @Nullable Map<String, Object> customClaims,
            @Nullable String templateId,
            @Nullable Map<String, String> templateOptions,
            @Nullable String locale,
            @Nullable String tenantId,
            @Nullable Boolean revokeOtherSessions,
            @Nullable List<String> revokeOtherSessionsTypes,
            @Nullable String pkceChallenge,
            @Nullable String ssoAppId) {}

    /**
     * What a sign-up says about the user.
     *
     * @param name full name
     * @param email e-mail address
     * @param phone phone number
     * @param givenName given name
     * @param middleName middle name
     * @param familyName family name
     * @param recoveryEmail e-mail address for recovery
     * @param recoveryPhone phone number for recovery
     */
    public record UserDetails(
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String givenName,
            @Nullable String middleName,
            @Nullable String familyName,
            @Nullable String recoveryEmail,
            @Nullable String recoveryPhone) {}

    /**
     * Body of the updates. Descope wants the options beside the arguments here.
     *
     * @param loginId the login ID
     * @param email the new address, or null
     * @param phone the new number, or null
     * @param redirectUri where the link leads
     * @param addToLoginIds whether it becomes a login ID as well
     * @param onMergeUseExisting which user stays where another has it already
     * @param failOnConflict whether the update fails where another has it already
     * @param mfa whether the link is a second factor
     * @param templateId which template of the message
     * @param templateOptions values for the template
     * @param providerId which connector sends the message
     * @param locale language of the message
     */
    public record UpdateRequest(
            String loginId,
            @Nullable String email,
            @Nullable String phone,
            @JsonbProperty("URI") @Nullable String redirectUri,
            @JsonbProperty("addToLoginIDs") @Nullable Boolean addToLoginIds,
            @Nullable Boolean onMergeUseExisting,
            @Nullable Boolean failOnConflict,
            @Nullable Boolean mfa,
            @Nullable String templateId,
            @Nullable Map<String, String> templateOptions,
            @Nullable String providerId,
            @Nullable String locale) {}

    /**
     * Answer to {@link LinkRequest} and {@link UpdateRequest}: one of the two.
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

    /** Body of the calls whose only argument is the JWT in the header. */
    public record NoArguments() {}

    /**
     * Body of a refresh.
     *
     * @param externalToken the token of another identity provider, or null
     */
    public record RefreshRequest(@Nullable String externalToken) {}

    /**
     * Body of a log-out.
     *
     * @param logoutType which kinds of sessions end; null for the usual
     */
    public record LogoutRequest(@Nullable List<String> logoutType) {}

    /**
     * Body of a tenant's selection.
     *
     * @param tenant its ID
     */
    public record TenantRequest(String tenant) {}

    /**
     * Body of the question which tenants the user is in: one of the two.
     *
     * @param dct whether only the selected one is wanted
     * @param ids which are wanted; empty for all
     */
    public record TenantsRequest(
            @Nullable Boolean dct, @Nullable List<String> ids) {}

    /**
     * Answer to {@link TenantsRequest}.
     *
     * @param tenants the tenants
     */
    public record TenantsAnswer(@Nullable List<TenantAnswer> tenants) {}

    /**
     * A tenant.
     *
     * @param id its ID
     * @param name its name
     * @param customAttributes as the project defines them
     */
    public record TenantAnswer(
            @Nullable String id,
            @Nullable String name,
            @Nullable Map<String, Object> customAttributes) {}

    /**
     * Body of an access-key exchange.
     *
     * @param loginOptions null where there are none
     */
    public record AccessKeyRequest(@Nullable AccessKeyOptions loginOptions) {
        /** Not that of the options, or a set that holds both would compare them. */
        @Override
        public int hashCode() {
            return 31 + Objects.hashCode(loginOptions);
        }
    }

    /**
     * What an access key is exchanged with.
     *
     * @param customClaims claims for the session JWT
     * @param selectedTenant the tenant that the session is for
     */
    public record AccessKeyOptions(
            @Nullable Map<String, Object> customClaims,
            @Nullable String selectedTenant) {}

    /**
     * Answer to {@link AccessKeyRequest}.
     *
     * @param keyId the key's ID
     * @param sessionJwt the session JWT
     * @param expiration its end, in seconds of the epoch
     */
    public record AccessKeyAnswer(
            @Nullable String keyId,
            @Nullable String sessionJwt,
            @Nullable Object expiration) {}

    /**
     * Answer to verify, refresh and tenant selection.
     *
     * @param sessionJwt the session JWT; empty where it comes as a cookie
     * @param refreshJwt the refresh JWT; empty after a refresh without rotation, and where it comes as a cookie
     * @param cookieDomain domain for a cookie of the refresh JWT
     * @param cookiePath path for it
     * @param cookieMaxAge life of it in seconds
     * @param cookieExpiration end of it in seconds of the epoch
     * @param cookieName name of it, where the project has its own
     * @param sessionCookieName name for a cookie of the session JWT, where the project has its own
     * @param sessionCookieDomain domain for it
     * @param sessionExpiration end of the session JWT in seconds of the epoch
     * @param nextRefreshSeconds when to refresh next
     * @param user the user
     * @param firstSeen whether the user signed in for the first time
     * @param externalToken a token of another identity provider
     * @param claims claims of the session JWT
     * @param idpResponse what an identity provider said
     * @param tenantSsoId the SSO configuration used
     * @param trustedDeviceJwt proof of a trusted device
     * @param unsavedSso whether an SSO identity was not saved
     */
    public record JwtAnswer(
            @Nullable String sessionJwt,
            @Nullable String refreshJwt,
            @Nullable String cookieDomain,
            @Nullable String cookiePath,
            @Nullable Object cookieMaxAge,
            @Nullable Object cookieExpiration,
            @Nullable String cookieName,
            @Nullable String sessionCookieName,
            @Nullable String sessionCookieDomain,
            @Nullable Object sessionExpiration,
            @Nullable Object nextRefreshSeconds,
            @Nullable UserAnswer user,
            @Nullable Boolean firstSeen,
            @Nullable String externalToken,
            @Nullable Map<String, Object> claims,
            @Nullable Map<String, Object> idpResponse,
            @JsonbProperty("tenantSSOID") @Nullable String tenantSsoId,
            @Nullable String trustedDeviceJwt,
            @JsonbProperty("unsavedSSO") @Nullable Boolean unsavedSso) {
        JwtAnswer with(String session, String refresh) {
            return new JwtAnswer(
                    session,
                    refresh,
                    cookieDomain,
                    cookiePath,
                    cookieMaxAge,
                    cookieExpiration,
                    cookieName,
                    sessionCookieName,
                    sessionCookieDomain,
                    sessionExpiration,
                    nextRefreshSeconds,
                    user,
                    firstSeen,
                    externalToken,
                    claims,
                    idpResponse,
                    tenantSsoId,
                    trustedDeviceJwt,
                    unsavedSso);
        }
    }

    /**
     * The user in an answer, in the order of Descope's documentation.
     *
     * @param loginIds the login IDs
     * @param userId the user ID
     * @param name the name, empty for none
     * @param email the e-mail address, empty for none
     * @param phone the phone number, empty for none
     * @param verifiedEmail whether the address was verified
     * @param verifiedPhone whether the number was verified
     * @param roleNames roles on the level of the project
     * @param userTenants the user's tenants
     * @param status enabled, disabled or invited
     * @param externalIds IDs in other systems
     * @param picture URL of a picture
     * @param test whether it is a test user
     * @param customAttributes as the project defines them
     * @param createdTime seconds of the epoch
     * @param modifiedTime seconds of the epoch
     * @param totp whether an authenticator app is set up
     * @param saml whether SAML was used
     * @param oauth the OAuth providers used
     * @param webauthn whether a passkey is set up
     * @param password whether a password is set
     * @param ssoAppIds the applications that the user can reach
     * @param givenName given name
     * @param middleName middle name
     * @param familyName family name
     * @param editable whether the user's details can be changed
     * @param scim whether SCIM manages the user
     * @param push whether push is set up
     * @param permissions permissions on the level of the project
     * @param oidc whether OIDC was used
     * @param consentExpiration seconds of the epoch
     * @param recoveryEmail e-mail address for recovery
     * @param verifiedRecoveryEmail whether it was verified
     * @param recoveryPhone phone number for recovery
     * @param verifiedRecoveryPhone whether it was verified
     */
    public record UserAnswer(
            @Nullable List<String> loginIds,
            @Nullable String userId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable Boolean verifiedEmail,
            @Nullable Boolean verifiedPhone,
            @Nullable List<String> roleNames,
            @Nullable List<UserTenantAnswer> userTenants,
            @Nullable String status,
            @Nullable List<String> externalIds,
            @Nullable String picture,
            @Nullable Boolean test,
            @Nullable Map<String, Object> customAttributes,
            @Nullable Object createdTime,
            @Nullable Object modifiedTime,
            @JsonbProperty("TOTP") @Nullable Boolean totp,
            @JsonbProperty("SAML") @Nullable Boolean saml,
            @JsonbProperty("OAuth") @Nullable Map<String, Boolean> oauth,
            @Nullable Boolean webauthn,
            @Nullable Boolean password,
            @Nullable List<String> ssoAppIds,
            @Nullable String givenName,
            @Nullable String middleName,
            @Nullable String familyName,
            @Nullable Boolean editable,
            @JsonbProperty("SCIM") @Nullable Boolean scim,
            @Nullable Boolean push,
            @Nullable List<String> permissions,
            @JsonbProperty("OIDC") @Nullable Boolean oidc,
            @Nullable Object consentExpiration,
            @Nullable String recoveryEmail,
            @Nullable Boolean verifiedRecoveryEmail,
            @Nullable String recoveryPhone,
            @Nullable Boolean verifiedRecoveryPhone) {}

    /**
     * A tenant of the user.
     *
     * @param tenantId its ID
     * @param tenantName its name
     * @param roleNames the user's roles there
     * @param permissions the user's permissions there
     */
    public record UserTenantAnswer(
            @Nullable String tenantId,
            @Nullable String tenantName,
            @Nullable List<String> roleNames,
            @Nullable List<String> permissions) {}

    /**
     * The login history as Descope documents it; as it is sent, it is the bare list.
     *
     * @param authHistory the logins
     */
    public record HistoryAnswer(@Nullable List<LoginAnswer> authHistory) {}

    /**
     * A past login.
     *
     * @param userId the user
     * @param loginTime seconds of the epoch
     * @param city where the address is
     * @param country where the address is
     * @param ip the address
     * @param selectedTenant the tenant chosen
     */
    public record LoginAnswer(
            @Nullable String userId,
            @Nullable Object loginTime,
            @Nullable String city,
            @Nullable String country,
            @Nullable String ip,
            @Nullable String selectedTenant) {}

    /**
     * Body of the creation of a test user.
     *
     * @param loginId the login ID
     * @param name the name
     * @param email the e-mail address
     * @param verifiedEmail whether it counts as verified
     * @param phone the phone number
     * @param verifiedPhone whether it counts as verified
     * @param roleNames roles on the level of the project
     * @param userTenants tenants, with roles there
     * @param customAttributes as the project defines them
     * @param test always true
     */
    public record TestUserRequest(
            String loginId,
            @Nullable String name,
            @Nullable String email,
            @Nullable Boolean verifiedEmail,
            @Nullable String phone,
            @Nullable Boolean verifiedPhone,
            @Nullable List<String> roleNames,
            @Nullable List<UserTenant> userTenants,
            @Nullable Map<String, Object> customAttributes,
            boolean test) {}

    /**
     * A tenant to put a test user into.
     *
     * @param tenantId its ID
     * @param roleNames the user's roles there
     */
    public record UserTenant(String tenantId, List<String> roleNames) {}

    /**
     * Answer to {@link TestUserRequest}.
     *
     * @param user the user
     */
    public record TestUserAnswer(@Nullable UserAnswer user) {}

    /**
     * Body of the request for a test user's link.
     *
     * @param loginId the login ID
     * @param deliveryMethod as in the paths
     * @param redirectUri where the link leads
     * @param loginOptions null where there are none
     */
    public record TestLinkRequest(
            String loginId,
            String deliveryMethod,
            @JsonbProperty("URI") @Nullable String redirectUri,
            @Nullable LoginOptions loginOptions) {
        @Override
        public int hashCode() {
            return loginId.hashCode();
        }
    }

    /**
     * Answer to {@link TestLinkRequest}.
     *
     * @param loginId the login ID
     * @param link the link
     */
    public record TestLinkAnswer(
            @Nullable String loginId, @Nullable String link) {}

    /**
     * Body of an error.
     *
     * @param errorCode such as E062108
     * @param errorDescription the code's name
     * @param errorMessage about this request
     * @param message the same, in some answers alone
     */
    public record ErrorAnswer(
            @Nullable String errorCode,
            @Nullable String errorDescription,
            @Nullable String errorMessage,
            @Nullable String message) {
        static final ErrorAnswer NONE = new ErrorAnswer(null, null, null, null);
    }
}
