package org.descope4j.emulator;

import java.util.List;

/** What somebody may do: on project level, and in each tenant they are in. */
record Grants(List<String> roles, List<String> permissions, List<Tenant> tenants) {
    Grants {
        roles = List.copyOf(roles);
        permissions = List.copyOf(permissions);
        tenants = List.copyOf(tenants);
    }

    boolean isIn(String tenantId) {
        return tenants.stream().anyMatch(tenant -> tenant.id().equals(tenantId));
    }

    /** The same with other roles, on project level, or in a tenant that these grants reach. */
    Grants withRoles(List<String> otherRoles, String tenantId) {
        if (tenantId.isEmpty()) {
            return new Grants(otherRoles, permissions, tenants);
        }
        return new Grants(
                roles,
                permissions,
                tenants.stream()
                        .map(tenant -> tenant.id().equals(tenantId) ? tenant.withRoles(otherRoles) : tenant)
                        .toList());
    }

    /** The roles on project level, or in a tenant. */
    List<String> rolesIn(String tenantId) {
        return tenantId.isEmpty()
                ? roles
                : tenants.stream()
                        .filter(tenant -> tenant.id().equals(tenantId))
                        .flatMap(tenant -> tenant.roles().stream())
                        .toList();
    }

    Grants outside(String tenantId) {
        return new Grants(
                roles,
                permissions,
                tenants.stream().filter(tenant -> !tenant.id().equals(tenantId)).toList());
    }

    /** Refuses a tenant that these grants do not reach; an empty ID means no tenant. */
    void requireMembership(String tenantId) {
        if (!tenantId.isEmpty() && !isIn(tenantId)) {
            throw Refusal.notInTenant(tenantId);
        }
    }
}
