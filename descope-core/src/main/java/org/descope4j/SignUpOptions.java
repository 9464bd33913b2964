package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-up can be asked for with, under Descope's own names. Everything is optional. Immutable.
 *
 * <pre>{@code
 * SignUpOptions options = SignUpOptions.builder()
 *         .redirectUri(URI.create("https://app.example.com/auth/verify"))
 *         .user(UserDetails.builder().name("Ada Lovelace").build())
 *         .build();
 * }</pre>
 */
public final class SignUpOptions {
    private final @Nullable URI redirectUri;
    private final @Nullable UserDetails user;
    private final @Nullable String providerId;
    private final Wire.LoginOptions options;

    private SignUpOptions(Builder builder) {
        redirectUri = builder.redirectUri;
        user = builder.user;
        providerId = builder.providerId;
        options = new Wire.LoginOptions(
                null,
                null,
                builder.customClaims,
                builder.templateId,
                builder.templateOptions,
                builder.locale,
                builder.tenantId,
                null,
                null,
                builder.pkceChallenge,
                null);
    }

    /**
     * Starts with none.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    static SignUpOptions to(URI redirectUri) {
        return builder().redirectUri(redirectUri).build();
    }

    Wire.LinkRequest request(String loginId) {
        String redirect = redirectUri == null ? null : redirectUri.toASCIIString();
        return new Wire.LinkRequest(loginId, redirect, user == null ? null : user.toWire(), providerId, null, options);
    }

    /** Says nothing of what is in it: claims and names are about people. */
    @Override
    public String toString() {
        return "SignUpOptions[redacted]";
    }

    /** Collects options; each is checked as it is set. Not thread-safe. */
    public static final class Builder {
        private @Nullable URI redirectUri;
        private @Nullable UserDetails user;
        private @Nullable String providerId;
        private @Nullable Map<String, Object> customClaims;
        private @Nullable String templateId;
        private @Nullable Map<String, String> templateOptions;
        private @Nullable String locale;
        private @Nullable String tenantId;
        private @Nullable String pkceChallenge;

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
         * Says what is known about the new user.
         *
         * @param user the details
         * @return this
         */
        public Builder user(UserDetails user) {
            this.user = requireNonNull(user, "user");
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
         * Builds the options.
         *
         * @return the options
         */
        public SignUpOptions build() {
            return new SignUpOptions(this);
        }
    }
}
