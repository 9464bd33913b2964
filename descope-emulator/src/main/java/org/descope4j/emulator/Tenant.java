package org.descope4j.emulator;

import java.util.List;

/** A user's membership in a tenant. */
record Tenant(String id, String name, List<String> roles, List<String> permissions) {
    Tenant {
        roles = List.copyOf(roles);
        permissions = List.copyOf(permissions);
    }

    Tenant withRoles(List<String> otherRoles) {
        return new Tenant(id, name, otherRoles, permissions);
    }
}
