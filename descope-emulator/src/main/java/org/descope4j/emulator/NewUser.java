package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A user to be, as given to {@link Users#add(NewUser)}. Immutable; made by {@link #builder(String)}.
 *
 * <p>A login ID that is an e-mail address or a phone number becomes the user's e-mail address or phone number too, unless another is
 * given.
 */
public final class NewUser {
    private static final Pattern USER_ID = Pattern.compile("[A-Za-z0-9]{1,64}");

    private final Optional<String> userId;
    private final List<LoginId> loginIds;
    private final String name;
    private final String givenName;
    private final String middleName;
    private final String familyName;
    private final String email;
    private final String phone;
    private final boolean hasVerifiedEmail;
    private final boolean hasVerifiedPhone;
    private final String picture;
    private final JsonObject customAttributes;
    private final boolean isTest;
    private final Grants grants;

    private NewUser(Builder builder) {
        userId = builder.userId;
        loginIds = List.copyOf(builder.loginIds);
        name = builder.name;
        givenName = builder.givenName;
        middleName = builder.middleName;
        familyName = builder.familyName;
        email = LoginId.of(builder.email.isBlank() ? firstEmail(loginIds) : builder.email)
                .value();
        phone = LoginId.of(builder.phone.isBlank() ? firstPhone(loginIds) : builder.phone)
                .value();
        hasVerifiedEmail = builder.hasVerifiedEmail;
        hasVerifiedPhone = builder.hasVerifiedPhone;
        picture = builder.picture;
        customAttributes = builder.customAttributes;
        isTest = builder.isTest;
        grants = new Grants(builder.roles, builder.permissions, List.copyOf(builder.tenants.values()));
    }

    /**
     * Begins a user.
     *
     * @param loginId what the user signs in with: an e-mail address, a phone number or a name
     * @return a builder with that login ID and nothing else
     */
    public static Builder builder(String loginId) {
        return new Builder().loginId(loginId);
    }

    Builder toBuilder() {
        Builder builder = new Builder()
                .name(name)
                .givenName(givenName)
                .middleName(middleName)
                .familyName(familyName)
                .email(email)
                .phone(phone)
                .picture(picture)
                .customAttributes(customAttributes)
                .roles(grants.roles())
                .permissions(grants.permissions())
                .hasVerifiedEmail(hasVerifiedEmail)
                .hasVerifiedPhone(hasVerifiedPhone);
        builder.userId = userId;
        builder.isTest = isTest;
        builder.loginIds.addAll(loginIds);
        grants.tenants().forEach(tenant -> builder.tenants.put(tenant.id(), tenant));
        return builder;
    }

    /** A user with these login IDs, of whom nothing else is known. */
    Builder onlyIdentified() {
        Builder builder = new Builder().test(isTest);
        builder.userId = userId;
        builder.loginIds.addAll(loginIds);
        return builder;
    }

    /** This profile, with what the other has and this one has not. */
    NewUser mergedWith(NewUser other) {
        Builder merged = toBuilder()
                .name(orElse(name, other.name))
                .givenName(orElse(givenName, other.givenName))
                .middleName(orElse(middleName, other.middleName))
                .familyName(orElse(familyName, other.familyName))
                .email(orElse(email, other.email))
                .phone(orElse(phone, other.phone))
                .picture(orElse(picture, other.picture))
                .roles(union(grants.roles(), other.grants.roles()))
                .permissions(union(grants.permissions(), other.grants.permissions()))
                .hasVerifiedEmail(email.isEmpty() ? other.hasVerifiedEmail : hasVerifiedEmail)
                .hasVerifiedPhone(phone.isEmpty() ? other.hasVerifiedPhone : hasVerifiedPhone);
        merged.loginIds.addAll(other.loginIds);
        JsonObjectBuilder attributes = Json.copy(other.customAttributes);
        customAttributes.forEach(attributes::add);
        merged.customAttributes(attributes.build());
        other.grants.tenants().forEach(tenant -> merged.tenants.putIfAbsent(tenant.id(), tenant));
        return merged.build();
    }

    Optional<String> userId() {
        return userId;
    }

    List<LoginId> loginIds() {
        return loginIds;
    }

    String name() {
        return name;
    }

    String givenName() {
        return givenName;
    }

    String middleName() {
        return middleName;
    }

    String familyName() {
        return familyName;
    }

    String email() {
        return email;
    }

    String phone() {
        return phone;
    }

    boolean hasVerifiedEmail() {
        return hasVerifiedEmail;
    }

    boolean hasVerifiedPhone() {
        return hasVerifiedPhone;
    }

    String picture() {
        return picture;
    }

    JsonObject customAttributes() {
        return customAttributes;
    }

    boolean isTest() {
        return isTest;
    }

    Grants grants() {
        return grants;
    }

    private static String orElse(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    private static List<String> union(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    private static String firstEmail(List<LoginId> loginIds) {
        return loginIds.stream()
                .filter(LoginId::isEmail)
                .map(LoginId::value)
                .findFirst()
                .orElse("");
    }

    private static String firstPhone(List<LoginId> loginIds) {
        return loginIds.stream()
                .filter(LoginId::isPhone)
                .map(LoginId::value)
                .findFirst()
                .orElse("");
    }

    /** Collects what is known of a user. Not safe for use by several threads. */
    public static final class Builder {
        private Optional<String> userId = Optional.empty();
        private final Set<LoginId> loginIds = new LinkedHashSet<>();
        private final Map<String, Tenant> tenants = new LinkedHashMap<>();
        private String name = "";
        private String givenName = "";
        private String middleName = "";
        private String familyName = "";
        private String email = "";
        private String phone = "";
        private boolean hasVerifiedEmail;
        private boolean hasVerifiedPhone;
        private String picture = "";
        private JsonObject customAttributes = JsonValue.EMPTY_JSON_OBJECT;
        private boolean isTest;
        private List<String> roles = List.of();
        private List<String> permissions = List.of();

        private Builder() {}

        /**
         * Sets the user's ID, the {@code sub} of the JWTs. Without this it is another one at each start.
         *
         * @param id 1 to 64 letters and digits; one of Descope's has 28 and begins with U
         * @return this
         */
        public Builder userId(String id) {
            if (!USER_ID.matcher(requireNonNull(id, "id")).matches()) {
                throw new IllegalArgumentException("A user ID consists of 1 to 64 letters and digits, not " + id);
            }
            this.userId = Optional.of(id);
            return this;
        }

        /**
         * Adds a login ID to those the user has.
         *
         * @param loginId an e-mail address, a phone number or a name; not blank
         * @return this
         */
        public Builder loginId(String loginId) {
            LoginId parsed = LoginId.of(requireNonNull(loginId, "loginId"));
            if (parsed.isBlank()) {
                throw new IllegalArgumentException("A login ID must not be blank");
            }
            loginIds.add(parsed);
            return this;
        }

        /**
         * Sets the name to be shown.
         *
         * @param name the full name
         * @return this
         */
        public Builder name(String name) {
            this.name = requireNonNull(name, "name");
            return this;
        }

        Builder withoutLoginId(LoginId loginId) {
            loginIds.remove(loginId);
            return this;
        }

        Builder givenName(String name) {
            this.givenName = name;
            return this;
        }

        Builder middleName(String name) {
            this.middleName = name;
            return this;
        }

        Builder familyName(String name) {
            this.familyName = name;
            return this;
        }

        /**
         * Sets the e-mail address.
         *
         * @param email the address; the default is the first login ID that is one
         * @return this
         */
        public Builder email(String email) {
            this.email = requireNonNull(email, "email");
            return this;
        }

        /**
         * Sets the phone number.
         *
         * @param phone the number, with country code; the default is the first login ID that is one
         * @return this
         */
        public Builder phone(String phone) {
            this.phone = requireNonNull(phone, "phone");
            return this;
        }

        /**
         * Says that the e-mail address is proven already. Without this it is after the first click on a link that went there.
         *
         * @return this
         */
        public Builder verifiedEmail() {
            return hasVerifiedEmail(true);
        }

        /**
         * Says that the phone number is proven already. Without this it is after the first click on a link that went there.
         *
         * @return this
         */
        public Builder verifiedPhone() {
            return hasVerifiedPhone(true);
        }

        Builder hasVerifiedEmail(boolean isVerified) {
            this.hasVerifiedEmail = isVerified;
            return this;
        }

        Builder hasVerifiedPhone(boolean isVerified) {
            this.hasVerifiedPhone = isVerified;
            return this;
        }

        /**
         * Sets where the user's picture is.
         *
         * @param url the picture's URL
         * @return this
         */
        public Builder picture(String url) {
            this.picture = requireNonNull(url, "url");
            return this;
        }

        /**
         * Sets the custom attributes.
         *
         * @param attributes texts, numbers, booleans, lists and maps of these, by their names
         * @return this
         */
        public Builder customAttributes(Map<String, ?> attributes) {
            return customAttributes(Json.object(attributes));
        }

        Builder customAttributes(JsonObject attributes) {
            this.customAttributes = attributes;
            return this;
        }

        /**
         * Makes it a test user: one for whom the management API generates links without sending them.
         *
         * @return this
         */
        public Builder testUser() {
            this.isTest = true;
            return this;
        }

        /**
         * Sets the roles on project level.
         *
         * @param roles the roles' names
         * @return this
         */
        public Builder roles(String... roles) {
            return roles(List.of(roles));
        }

        Builder roles(List<String> roles) {
            this.roles = List.copyOf(roles);
            return this;
        }

        /**
         * Sets the permissions on project level.
         *
         * @param permissions the permissions' names
         * @return this
         */
        public Builder permissions(String... permissions) {
            return permissions(List.of(permissions));
        }

        Builder permissions(List<String> permissions) {
            this.permissions = List.copyOf(permissions);
            return this;
        }

        /**
         * Makes the user a member of a tenant.
         *
         * @param id the tenant's ID; a second call with the same ID replaces the first
         * @param name the tenant's name
         * @param roles the roles in that tenant
         * @param permissions the permissions in that tenant
         * @return this
         */
        public Builder tenant(String id, String name, List<String> roles, List<String> permissions) {
            tenants.put(requireNonNull(id, "id"), new Tenant(id, requireNonNull(name, "name"), roles, permissions));
            return this;
        }

        Builder withoutTenants() {
            tenants.clear();
            return this;
        }

        Builder test(boolean isTest) {
            this.isTest = isTest;
            return this;
        }

        /** Replaces what the user may do. */
        Builder grants(Grants grants) {
            tenants.clear();
            grants.tenants().forEach(tenant -> tenants.put(tenant.id(), tenant));
            return roles(grants.roles()).permissions(grants.permissions());
        }

        /**
         * Ends the collection.
         *
         * @return the user to be
         */
        public NewUser build() {
            return new NewUser(this);
        }
    }
}
