package org.descope4j;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change of e-mail address or phone number can be asked for with, under Descope's own names. Everything is optional. Immutable.
 */
public final class UpdateOptions {
    private final @Nullable URI redirectUri;
    private final @Nullable Boolean addToLoginIds;
    private final @Nullable Boolean onMergeUseExisting;
    private final @Nullable Boolean failOnConflict;
    private final @Nullable Boolean mfa;
    private final @Nullable String templateId;
    private final @Nullable Map<String, String> templateOptions;
    private final @Nullable String providerId;
    private final @Nullable String locale;

    private UpdateOptions(Builder builder) {
        redirectUri = builder.redirectUri;
        addToLoginIds = builder.addToLoginIds;
        onMergeUseExisting = builder.onMergeUseExisting;
        failOnConflict = builder.failOnConflict;
        mfa = builder.mfa;
        templateId = builder.templateId;
        templateOptions = builder.templateOptions;
        providerId = builder.providerId;
        locale = builder.locale;
    }

    /**
     * Starts with none.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    static UpdateOptions to(URI redirectUri) {
        return builder().redirectUri(redirectUri).build();
    }

    Wire.UpdateRequest emailRequest(String loginId, String email) {
        return request(loginId, email, null);
    }

    Wire.UpdateRequest phoneRequest(String loginId, String phone) {
        return request(loginId, null, phone);
    }

    private Wire.UpdateRequest request(String loginId, @Nullable String email, @Nullable String phone) {
        return new Wire.UpdateRequest(
                loginId,
                email,
                phone,
                redirectUri == null ? null : redirectUri.toASCIIString(),
                addToLoginIds,
                onMergeUseExisting,
                failOnConflict,
                mfa,
                templateId,
                templateOptions,
                providerId,
                locale);
    }

    /** Says nothing of what is in it: template values are about people. */
    @Override
    public String toString() {
        return "UpdateOptions[redacted]";
    }

    /** Collects options; each is checked as it is set. Not thread-safe. */
    public static final class Builder {
        private @Nullable URI redirectUri;
        private @Nullable Boolean addToLoginIds;
        private @Nullable Boolean onMergeUseExisting;
        private @Nullable Boolean failOnConflict;
        private @Nullable Boolean mfa;
        private @Nullable String templateId;
        private @Nullable Map<String, String> templateOptions;
        private @Nullable String providerId;
        private @Nullable String locale;

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
         * Makes the new address or number a login ID as well. Otherwise the user goes on signing in with the old ones.
         *
         * @return this
         */
        public Builder addToLoginIds() {
            this.addToLoginIds = true;
            return this;
        }

        /**
         * Where another user has the new login ID already, merges into that one. Otherwise the user of the session stays and the other
         * goes. Only together with {@link #addToLoginIds()}.
         *
         * @return this
         */
        public Builder onMergeUseExisting() {
            this.onMergeUseExisting = true;
            return this;
        }

        /**
         * Where another user has the new login ID already, refuses instead of merging.
         *
         * @return this
         */
        public Builder failOnConflict() {
            this.failOnConflict = true;
            return this;
        }

        /**
         * Makes the link a second factor on top of the present session. Descope's documents name it; its own Go client says that it works
         * for one-time passwords only today.
         *
         * @return this
         */
        public Builder mfa() {
            this.mfa = true;
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
         * Builds the options.
         *
         * @return the options
         */
        public UpdateOptions build() {
            return new UpdateOptions(this);
        }
    }
}
