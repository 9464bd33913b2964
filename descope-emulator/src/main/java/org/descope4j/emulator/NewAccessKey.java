package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An access key to be, as given to {@link AccessKeys#add(NewAccessKey)}. Immutable; made by {@link #builder(String)}. */
public final class NewAccessKey {
    private static final Pattern KEY = Pattern.compile("[!-9;-~]+");

    private final String name;
    private final Optional<String> key;
    private final Grants grants;
    private final JsonObject customClaims;

    private NewAccessKey(Builder builder) {
        name = builder.name;
        key = builder.key;
        grants = new Grants(builder.roles, builder.permissions, List.copyOf(builder.tenants.values()));
        customClaims = builder.customClaims;
    }

    /**
     * Begins an access key.
     *
     * @param name what the key is called
     * @return a builder with that name and nothing else
     */
    public static Builder builder(String name) {
        return new Builder(requireNonNull(name, "name"));
    }

    String name() {
        return name;
    }

    Optional<String> key() {
        return key;
    }

    Grants grants() {
        return grants;
    }

    JsonObject customClaims() {
        return customClaims;
    }

    /** Collects what is known of an access key. Not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private final Map<String, Tenant> tenants = new LinkedHashMap<>();
        private Optional<String> key = Optional.empty();
        private List<String> roles = List.of();
        private List<String> permissions = List.of();
        private JsonObject customClaims = JsonValue.EMPTY_JSON_OBJECT;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the key's text, for whoever must know it before the start.
         *
         * @param text printable ASCII without spaces and colons, not empty; a random one by default
         * @return this
         */
        public Builder key(String text) {
            if (!KEY.matcher(requireNonNull(text, "text")).matches()) {
                throw new IllegalArgumentException(
                        "An access key consists of printable ASCII without spaces and colons");
            }
            this.key = Optional.of(text);
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
         * Lets the key into a tenant.
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

        /**
         * Sets claims that stand at the top level of the key's session JWTs. Claims of an exchange stand in {@code nsec} instead.
         *
         * @param claims texts, numbers, booleans, lists and maps of these; a claim that Descope sets itself is not replaced
         * @return this
         */
        public Builder customClaims(Map<String, ?> claims) {
            this.customClaims = Json.object(claims);
            return this;
        }

        Builder customClaims(JsonObject claims) {
            this.customClaims = claims;
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return the access key to be
         */
        public NewAccessKey build() {
            return new NewAccessKey(this);
        }
    }
}
