package org.descope4j.emulator;

import java.util.List;

/**
 * A project to be, as given to {@link DescopeEmulator.Builder#project(NewProject)} or {@link DescopeEmulator#addProject(NewProject)},
 * for whoever needs several in one emulator. Immutable; made by {@link #builder(String)}.
 */
public final class NewProject {
    private final ProjectSettings settings;
    private final List<NewUser> users;
    private final List<NewAccessKey> accessKeys;
    private final List<Tenants.Entry> tenants;
    private final List<Role> roles;
    private final List<Permission> permissions;

    NewProject(
            ProjectSettings settings,
            List<NewUser> users,
            List<NewAccessKey> accessKeys,
            List<Tenants.Entry> tenants,
            List<Role> roles,
            List<Permission> permissions) {
        this.settings = settings;
        this.users = List.copyOf(users);
        this.accessKeys = List.copyOf(accessKeys);
        this.tenants = List.copyOf(tenants);
        this.roles = List.copyOf(roles);
        this.permissions = List.copyOf(permissions);
    }

    /**
     * Begins a project.
     *
     * @param projectId P and at least 27 more letters and digits, as the official Java SDK demands
     * @return a builder with that ID and the default settings
     */
    public static Builder builder(String projectId) {
        return new Builder().projectId(projectId);
    }

    ProjectSettings settings() {
        return settings;
    }

    String id() {
        return settings.id();
    }

    List<NewUser> users() {
        return users;
    }

    List<NewAccessKey> accessKeys() {
        return accessKeys;
    }

    List<Tenants.Entry> tenants() {
        return tenants;
    }

    List<Role> roles() {
        return roles;
    }

    List<Permission> permissions() {
        return permissions;
    }

    /** Collects what is known of a project. Not safe for use by several threads. */
    public static final class Builder extends ProjectOptions<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return the project to be
         * @throws IllegalArgumentException when the project ID, a key, a lifetime or a cookie name is not possible
         */
        public NewProject build() {
            return plan();
        }
    }
}
