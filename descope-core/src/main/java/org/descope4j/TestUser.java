package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A test user to be created at Descope. Only the login ID is needed. Immutable. */
public final class TestUser {
    private final Wire.TestUserRequest request;

    private TestUser(Builder builder) {
        request = new Wire.TestUserRequest(
                builder.loginId,
                builder.name,
                builder.email,
                builder.verifiedEmail,
                builder.phone,
                builder.verifiedPhone,
                builder.roleNames,
                builder.tenants.isEmpty() ? null : List.copyOf(builder.tenants),
                builder.customAttributes,
                true);
    }

    /**
     * Starts with a login ID.
     *
     * @param loginId e-mail address, phone number or user name; nothing is ever sent there
     * @return a builder
     * @throws IllegalArgumentException as for a login ID of {@link MagicLinks}
     */
    public static Builder withLoginId(String loginId) {
        return new Builder(Arguments.loginId(loginId));
    }

    Wire.TestUserRequest request() {
        return request;
    }

    /** The login ID, which is a test user's. */
    @Override
    public String toString() {
        return "TestUser[" + request.loginId() + "]";
    }

    /** Collects what is known about the test user. Not thread-safe. */
    public static final class Builder {
        private final String loginId;
        private final List<Wire.UserTenant> tenants = new ArrayList<>();
        private @Nullable String name;
        private @Nullable String email;
        private @Nullable Boolean verifiedEmail;
        private @Nullable String phone;
        private @Nullable Boolean verifiedPhone;
        private @Nullable List<String> roleNames;
        private @Nullable Map<String, Object> customAttributes;

        private Builder(String loginId) {
            this.loginId = loginId;
        }

        /**
         * Sets the name.
         *
         * @param name to show
         * @return this
         */
        public Builder name(String name) {
            this.name = requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets the e-mail address, verified: Descope makes links by e-mail only for users who have one.
         *
         * @param email the address
         * @return this
         * @throws IllegalArgumentException if it has not one @ with something on both sides
         */
        public Builder email(String email) {
            this.email = Arguments.email(email);
            this.verifiedEmail = true;
            return this;
        }

        /**
         * Sets the phone number, verified.
         *
         * @param phone in E.164 form
         * @return this
         * @throws IllegalArgumentException if it is no phone number
         */
        public Builder phone(String phone) {
            this.phone = Arguments.phone(phone);
            this.verifiedPhone = true;
            return this;
        }

        /**
         * Sets the roles on the level of the project.
         *
         * @param roleNames roles that the project has
         * @return this
         */
        public Builder roles(String... roleNames) {
            this.roleNames = List.of(roleNames);
            return this;
        }

        /**
         * Puts the user into a tenant.
         *
         * @param tenantId a tenant that the project has
         * @param roleNames the user's roles there
         * @return this
         */
        public Builder tenant(String tenantId, String... roleNames) {
            tenants.add(new Wire.UserTenant(Arguments.text("tenant ID", tenantId), List.of(roleNames)));
            return this;
        }

        /**
         * Sets attributes that the project defines.
         *
         * @param customAttributes what JSON can say
         * @return this
         * @throws IllegalArgumentException if there is something else among them
         */
        public Builder customAttributes(Map<String, ?> customAttributes) {
            this.customAttributes = Arguments.claims("customAttributes", customAttributes);
            return this;
        }

        /**
         * Builds the test user.
         *
         * @return the test user
         */
        public TestUser build() {
            return new TestUser(this);
        }
    }
}
