package org.descope4j.emulator;

import java.util.List;

/** What somebody may do: on project level, and in each tenant they are in. */
record Grants(List<String> roles, List<String> permissions, List<Tenant> tenants) {
    Grants {
        roles = List.copyOf(roles);
        permissions = List.copyOf(permissions);
        tenants = List.copyOf(tenants);
    }

    /** Refuses a tenant that these grants do not reach; an empty ID means no tenant. */
    void requireMembership(String tenantId) {
        if (!tenantId.isEmpty()
                && tenants.stream().noneMatch(tenant -> tenant.id().equals(tenantId))) {
            throw Refusal.notInTenant(tenantId);
        }
    }
}
