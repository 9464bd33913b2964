package org.descope4j.emulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The roles and permissions that a project defines. Safe for use by several threads. */
final class Roles {
    private final List<Role> roles = new ArrayList<>();
    private final Map<String, Permission> permissionsByName = new LinkedHashMap<>();
    private final Clock clock;

    Roles(Clock clock) {
        this.clock = clock;
    }

    /** Adds a role with the permissions that it names, unless there is one of its name. */
    synchronized boolean add(Role role) {
        if (find(role.name(), role.tenantId()).isPresent()) {
            return false;
        }
        define(role.permissions());
        roles.add(role.createdAt(clock.instant()));
        return true;
    }

    synchronized Optional<Role> find(String name, String tenantId) {
        return roles.stream().filter(role -> role.isNamed(name, tenantId)).findFirst();
    }

    /** Puts another role in the place of one. */
    synchronized void replace(Role former, Role successor) {
        define(successor.permissions());
        roles.replaceAll(role -> role.id().equals(former.id()) ? successor : role);
    }

    synchronized boolean remove(String id) {
        return roles.removeIf(role -> role.id().equals(id));
    }

    synchronized List<Role> all() {
        return List.copyOf(roles);
    }

    /** The names of the roles that whoever signs up is given. */
    List<String> namesForNewUsers(ProjectSettings project) {
        List<String> defaults =
                names(role -> role.isDefault() && role.tenantId().isEmpty());
        return Stream.concat(project.rolesForNewUsers().stream(), defaults.stream())
                .distinct()
                .toList();
    }

    /** Adds a permission, unless there is one of its name. */
    synchronized boolean add(Permission permission) {
        return permissionsByName.putIfAbsent(permission.name(), permission) == null;
    }

    synchronized Optional<Permission> permission(String name) {
        return Optional.ofNullable(permissionsByName.get(name));
    }

    /** Renames or describes a permission; the roles that have it have the new name. */
    synchronized void replace(Permission former, Permission successor) {
        permissionsByName.remove(former.name());
        permissionsByName.put(successor.name(), successor);
        roles.replaceAll(role -> role.permitting(role.permissions().stream()
                .map(name -> name.equals(former.name()) ? successor.name() : name)
                .toList()));
    }

    /** Removes a permission, from the roles that have it too. */
    synchronized void remove(Permission permission) {
        permissionsByName.remove(permission.name());
        roles.replaceAll(role -> role.permitting(role.permissions().stream()
                .filter(name -> !name.equals(permission.name()))
                .toList()));
    }

    synchronized List<Permission> permissions() {
        return List.copyOf(permissionsByName.values());
    }

    /** The same grants with the permissions that the roles in them bring. */
    Grants spelledOut(Grants grants) {
        return new Grants(
                grants.roles(),
                with(grants.permissions(), grants.roles(), ""),
                grants.tenants().stream()
                        .map(tenant -> new Tenant(
                                tenant.id(),
                                tenant.name(),
                                tenant.roles(),
                                with(tenant.permissions(), tenant.roles(), tenant.id())))
                        .toList());
    }

    synchronized void clear() {
        roles.clear();
        permissionsByName.clear();
    }

    private synchronized List<String> with(List<String> permissions, List<String> roleNames, String tenantId) {
        Stream<String> granted = roles.stream()
                .filter(role -> roleNames.contains(role.name()) && role.appliesIn(tenantId))
                .flatMap(role -> role.permissions().stream());
        return Stream.concat(permissions.stream(), granted).distinct().toList();
    }

    private synchronized List<String> names(Predicate<Role> filter) {
        return roles.stream().filter(filter).map(Role::name).toList();
    }

    private void define(List<String> permissionNames) {
        permissionNames.forEach(name -> permissionsByName.computeIfAbsent(name, Permission::named));
    }
}
