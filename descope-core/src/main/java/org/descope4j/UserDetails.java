package org.descope4j;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a sign-up says about the user, beside the login ID. Everything is optional. Where it names no e-mail address, the login ID of a
 * sign-up by e-mail is it; a phone number likewise. Immutable.
 */
public final class UserDetails {
    private final @Nullable String name;
    private final @Nullable String email;
    private final @Nullable String phone;
    private final @Nullable String givenName;
    private final @Nullable String middleName;
    private final @Nullable String familyName;
    private final @Nullable String recoveryEmail;
    private final @Nullable String recoveryPhone;

    private UserDetails(Builder builder) {
        name = builder.name;
        email = builder.email;
        phone = builder.phone;
        givenName = builder.givenName;
        middleName = builder.middleName;
        familyName = builder.familyName;
        recoveryEmail = builder.recoveryEmail;
        recoveryPhone = builder.recoveryPhone;
    }

    /**
     * Starts with nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Wire.UserDetails toWire() {
        return new Wire.UserDetails(
                name, email, phone, givenName, middleName, familyName, recoveryEmail, recoveryPhone);
    }

    /** Says nothing: every detail is about a person. */
    @Override
    public String toString() {
        return "UserDetails[redacted]";
    }

    /** Collects details. Not thread-safe. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable String email;
        private @Nullable String phone;
        private @Nullable String givenName;
        private @Nullable String middleName;
        private @Nullable String familyName;
        private @Nullable String recoveryEmail;
        private @Nullable String recoveryPhone;

        private Builder() {}

        /**
         * Sets the full name.
         *
         * @param name the full name
         * @return this
         */
        public Builder name(String name) {
            this.name = requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets the e-mail address.
         *
         * @param email the e-mail address
         * @return this
         */
        public Builder email(String email) {
            this.email = requireNonNull(email, "email");
            return this;
        }

        /**
         * Sets the phone number, in E.164 form.
         *
         * @param phone the phone number, in E.164 form
         * @return this
         */
        public Builder phone(String phone) {
            this.phone = requireNonNull(phone, "phone");
            return this;
        }

        /**
         * Sets the given name.
         *
         * @param givenName the given name
         * @return this
         */
        public Builder givenName(String givenName) {
            this.givenName = requireNonNull(givenName, "givenName");
            return this;
        }

        /**
         * Sets the middle name.
         *
         * @param middleName the middle name
         * @return this
         */
        public Builder middleName(String middleName) {
            this.middleName = requireNonNull(middleName, "middleName");
            return this;
        }

        /**
         * Sets the family name.
         *
         * @param familyName the family name
         * @return this
         */
        public Builder familyName(String familyName) {
            this.familyName = requireNonNull(familyName, "familyName");
            return this;
        }

        /**
         * Sets the e-mail address for recovery.
         *
         * @param recoveryEmail the e-mail address for recovery
         * @return this
         */
        public Builder recoveryEmail(String recoveryEmail) {
            this.recoveryEmail = requireNonNull(recoveryEmail, "recoveryEmail");
            return this;
        }

        /**
         * Sets the phone number for recovery.
         *
         * @param recoveryPhone the phone number for recovery
         * @return this
         */
        public Builder recoveryPhone(String recoveryPhone) {
            this.recoveryPhone = requireNonNull(recoveryPhone, "recoveryPhone");
            return this;
        }

        /**
         * Builds the details.
         *
         * @return the details
         */
        public UserDetails build() {
            return new UserDetails(this);
        }
    }
}
