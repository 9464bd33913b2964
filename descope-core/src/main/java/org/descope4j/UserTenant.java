package org.descope4j;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.util.List;

/**
 * A tenant of a {@link User}, for showing: what counts is in the session.
 *
 * @param tenantId its ID
 * @param tenantName its name, empty where Descope does not say
 * @param roleNames the user's roles there
 * @param permissions the user's permissions there
 */
public record UserTenant(String tenantId, String tenantName, List<String> roleNames, List<String> permissions) {
    /**
     * Copies the lists.
     *
     * @param tenantId its ID
     * @param tenantName its name
     * @param roleNames the user's roles there
     * @param permissions the user's permissions there
     * @throws NullPointerException if one is missing
     */
    public UserTenant {
        requireNonNull(tenantId, "tenantId");
        requireNonNull(tenantName, "tenantName");
        roleNames = List.copyOf(roleNames);
        permissions = List.copyOf(permissions);
    }

    static UserTenant of(Wire.UserTenantAnswer answer) {
        return new UserTenant(
                requireNonNullElse(answer.tenantId(), ""),
                requireNonNullElse(answer.tenantName(), ""),
                AnswerValues.texts(answer.roleNames()),
                AnswerValues.texts(answer.permissions()));
    }
}
