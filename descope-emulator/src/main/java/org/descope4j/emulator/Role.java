package org.descope4j.emulator;

import java.time.Instant;
import java.util.List;

/** A role with what it permits. The tenant is empty for roles of the project; a default role is given to whoever signs up. */
record Role(
        String id,
        String name,
        String description,
        List<String> permissions,
        String tenantId,
        boolean isDefault,
        Instant createdAt) {
    Role {
        permissions = List.copyOf(permissions);
    }

    static Role ofProject(String name, List<String> permissions) {
        return new Role(RandomText.id("ROL2"), name, "", permissions, "", false, Instant.EPOCH);
    }

    Role createdAt(Instant time) {
        return new Role(id, name, description, permissions, tenantId, isDefault, time);
    }

    Role permitting(List<String> otherPermissions) {
        return new Role(id, name, description, otherPermissions, tenantId, isDefault, createdAt);
    }

    boolean isNamed(String otherName, String otherTenantId) {
        return name.equals(otherName) && tenantId.equals(otherTenantId);
    }

    /** Whether somebody who has a role of this name in that tenant has this one. The empty ID stands for the project. */
    boolean appliesIn(String otherTenantId) {
        return tenantId.isEmpty() || tenantId.equals(otherTenantId);
    }
}
