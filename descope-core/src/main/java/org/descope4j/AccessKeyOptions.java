package org.descope4j;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the session of an access key can be asked for with. Everything is optional. Immutable. */
public final class AccessKeyOptions {
    private final @Nullable Map<String, Object> customClaims;
    private final @Nullable String selectedTenant;

    private AccessKeyOptions(Builder builder) {
        customClaims = builder.customClaims;
        selectedTenant = builder.selectedTenant;
    }

    /**
     * Starts with none.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Wire.AccessKeyRequest request() {
        return new Wire.AccessKeyRequest(new Wire.AccessKeyOptions(customClaims, selectedTenant));
    }

    /** Says nothing of what is in it. */
    @Override
    public String toString() {
        return "AccessKeyOptions[redacted]";
    }

    /** Collects options; each is checked as it is set. Not thread-safe. */
    public static final class Builder {
        private @Nullable Map<String, Object> customClaims;
        private @Nullable String selectedTenant;

        private Builder() {}

        /**
         * Sets claims for the session JWT, as {@link LoginOptions.Builder#customClaims}.
         *
         * @param customClaims what JSON can say
         * @return this
         * @throws IllegalArgumentException if there is something else among them
         */
        public Builder customClaims(Map<String, ?> customClaims) {
            this.customClaims = Arguments.claims("customClaims", customClaims);
            return this;
        }

        /**
         * Chooses the tenant that the session is for.
         *
         * @param tenantId one of the tenants of the key
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder selectedTenant(String tenantId) {
            this.selectedTenant = Arguments.text("tenant ID", tenantId);
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public AccessKeyOptions build() {
            return new AccessKeyOptions(this);
        }
    }
}
