package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in can be asked for with, under Descope's own names. Everything is optional. Immutable.
 *
 * <pre>{@code
 * LoginOptions options = LoginOptions.builder()
 *         .redirectUri(URI.create("https://app.example.com/auth/verify"))
 *         .stepUp(refreshJwt)
 *         .build();
 * }</pre>
 */
public final class LoginOptions {
    private final @Nullable URI redirectUri;
    private final @Nullable String providerId;
    private final @Nullable String refreshJwt;
    private final @Nullable Boolean useRecovery;
    private final Wire.LoginOptions options;

    private LoginOptions(Builder builder) {
        redirectUri = builder.redirectUri;
        providerId = builder.providerId;
        refreshJwt = builder.refreshJwt;
        useRecovery = builder.useRecovery;
        options = new Wire.LoginOptions(
                builder.stepUp,
                builder.mfa,
                builder.customClaims,
                builder.templateId,
                builder.templateOptions,
                builder.locale,
                builder.tenantId,
                builder.revokeOtherSessions,
                builder.revokeOtherSessionsTypes,
                builder.pkceChallenge,
                builder.ssoAppId);
    }

    /**
     * Starts with none.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    static LoginOptions to(URI redirectUri) {
        return builder().redirectUri(redirectUri).build();
    }

    /** The session that a step-up or a second factor builds upon. */
    Optional<String> refreshJwt() {
        return Optional.ofNullable(refreshJwt);
    }

    Wire.LinkRequest request(String loginId) {
        String redirect = redirectUri == null ? null : redirectUri.toASCIIString();
        return new Wire.LinkRequest(loginId, redirect, null, providerId, useRecovery, options);
    }

    Wire.TestLinkRequest testLinkRequest(String loginId, DeliveryMethod deliveryMethod) {
        String redirect = redirectUri == null ? null : redirectUri.toASCIIString();
        return new Wire.TestLinkRequest(loginId, deliveryMethod.pathSegment(), redirect, options);
    }

    /** Says nothing of what is in it: claims and template values are about people. */
    @Override
    public String toString() {
        return "LoginOptions[redacted]";
    }

    /** Collects options; each is checked as it is set. Not thread-safe. */
    public static final class Builder {
        private @Nullable URI redirectUri;
        private @Nullable String providerId;
        private @Nullable String refreshJwt;
        private @Nullable Boolean stepUp;
        private @Nullable Boolean mfa;
        private @Nullable Boolean useRecovery;
        private @Nullable Map<String, Object> customClaims;
        private @Nullable String templateId;
        private @Nullable Map<String, String> templateOptions;
        private @Nullable String locale;
        private @Nullable String tenantId;
        private @Nullable Boolean revokeOtherSessions;
        private @Nullable List<String> revokeOtherSessionsTypes;
        private @Nullable String pkceChallenge;
        private @Nullable String ssoAppId;

        private Builder() {}

        /**
         * Sets where the link leads.
         *
         * @param redirectUri an absolute URL with a host, without user info and fragment, on one of the project's approved domains;
         *     a mobile application may use its own scheme. Without one, the URL set in the Descope console is used.
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder redirectUri(URI redirectUri) {
            this.redirectUri = Arguments.redirectUri(redirectUri);
            return this;
        }

        /**
         * Asks for a step-up session: the user, who is signed in already, proves anew who they are. The new session JWT has the claim
         * {@code su}. Only for {@link MagicLinks#signIn}.
         *
         * @param refreshJwt of the present session; it is judged before it is sent
         * @return this
         */
        public Builder stepUp(String refreshJwt) {
            this.refreshJwt = Arguments.jwt(refreshJwt);
            this.stepUp = true;
            return this;
        }

        /**
         * Makes the link a second factor on top of the present session. The new session JWT names {@code mfa} among its methods. Only
         * for {@link MagicLinks#signIn}.
         *
         * @param refreshJwt of the present session; it is judged before it is sent
         * @return this
         */
        public Builder mfa(String refreshJwt) {
            this.refreshJwt = Arguments.jwt(refreshJwt);
            this.mfa = true;
            return this;
        }

        /**
         * Sets claims for the session JWT. Descope puts them under {@code nsec}, so that they cannot pass for roles; a project can be set
         * to put them at the top.
         *
         * @param customClaims what JSON can say: texts, finite numbers, booleans, lists, maps with texts as keys, at most 32 levels;
         *     a {@code null} in a map is left out
         * @return this
         * @throws IllegalArgumentException if there is something else among them
         */
        public Builder customClaims(Map<String, ?> customClaims) {
            this.customClaims = Arguments.claims("customClaims", customClaims);
            return this;
        }

        /**
         * Chooses a template of the message other than the project's active one.
         *
         * @param templateId its ID in the Descope console
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder templateId(String templateId) {
            this.templateId = Arguments.text("template ID", templateId);
            return this;
        }

        /**
         * Sets values for the placeholders of the template.
         *
         * @param templateOptions by the names that the template uses
         * @return this
         */
        public Builder templateOptions(Map<String, String> templateOptions) {
            this.templateOptions = Map.copyOf(templateOptions);
            return this;
        }

        /**
         * Chooses the connector that sends the message.
         *
         * @param providerId its ID in the Descope console
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder providerId(String providerId) {
            this.providerId = Arguments.text("provider ID", providerId);
            return this;
        }

        /**
         * Sets the language of the message.
         *
         * @param locale such as {@code nb-NO}
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder locale(String locale) {
            this.locale = Arguments.text("locale", locale);
            return this;
        }

        /**
         * Signs in to a tenant.
         *
         * @param tenantId its ID
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder tenantId(String tenantId) {
            this.tenantId = Arguments.text("tenant ID", tenantId);
            return this;
        }

        /**
         * Binds the sign-in to whoever holds the verifier (RFC 7636). Descope's magic-link verification takes no verifier, so this is for
         * applications that redeem the link by other means than {@link MagicLinks#verify}.
         *
         * @param pkceChallenge the challenge
         * @return this
         */
        public Builder pkceChallenge(byte[] pkceChallenge) {
            this.pkceChallenge = Base64.getEncoder().encodeToString(requireNonNull(pkceChallenge, "pkceChallenge"));
            return this;
        }

        /**
         * Ends the user's other sessions when the link is redeemed.
         *
         * @param types which of them, as Descope names them; none for all
         * @return this
         */
        public Builder revokeOtherSessions(String... types) {
            this.revokeOtherSessions = true;
            this.revokeOtherSessionsTypes = types.length == 0 ? null : List.of(types);
            return this;
        }

        /**
         * Sends the link to the user's address or number for recovery, for somebody who lost the other one.
         *
         * @return this
         */
        public Builder useRecovery() {
            this.useRecovery = true;
            return this;
        }

        /**
         * Names the application that the sign-in is for, where the project federates several.
         *
         * @param ssoAppId its ID in the Descope console
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder ssoAppId(String ssoAppId) {
            this.ssoAppId = Arguments.text("SSO application ID", ssoAppId);
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public LoginOptions build() {
            return new LoginOptions(this);
        }
    }
}
