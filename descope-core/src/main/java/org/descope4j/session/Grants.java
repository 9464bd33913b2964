package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The roles and permissions that a verified session gives, in the project as a whole or in one tenant. Ask a
 * {@link Session} for them: {@link Session#grants} or {@link Session#grantsIn}.
 *
 * <p>Names are compared exactly, upper and lower case apart. Who is not in a tenant has nothing in it, and passes no
 * check there, not even for an empty list. Immutable.
 */
public final class Grants {

    /** What somebody has in a tenant of others. */
    static final Grants OF_A_STRANGER = new Grants(false, Map.of());

    private final boolean isMember;
    private final Set<String> roles;
    private final Set<String> permissions;

    private Grants(boolean isMember, Map<?, ?> holder) {
        this.isMember = isMember;
        this.roles = JsonMembers.texts(holder.get("roles"));
        this.permissions = JsonMembers.texts(holder.get("permissions"));
    }

    /** The lists of an object: of all claims, or of the entry of one tenant. What is no list counts as empty. */
    static Grants listedIn(Map<?, ?> holder) {
        return new Grants(true, holder);
    }

    /**
     * The roles.
     *
     * @return the names in the order of the token; empty if there are none
     */
    public Set<String> roles() {
        return roles;
    }

    /**
     * The permissions.
     *
     * @return the names in the order of the token; empty if there are none
     */
    public Set<String> permissions() {
        return permissions;
    }

    /**
     * Tells whether a role is given.
     *
     * @param role its exact name
     * @return whether it is
     */
    public boolean hasRole(String role) {
        return roles.contains(requireNonNull(role, "role"));
    }

    /**
     * Tells whether a permission is given.
     *
     * @param permission its exact name
     * @return whether it is
     */
    public boolean hasPermission(String permission) {
        return permissions.contains(requireNonNull(permission, "permission"));
    }

    /**
     * Tells whether every one of some roles is given. For "at least one of them", see whether {@link #matchingRoles} is
     * empty.
     *
     * @param wanted exact names; how often one is wanted does not matter
     * @return whether all are; true for an empty list, unless it is about a tenant that the user is not in
     */
    public boolean hasAllRoles(Collection<String> wanted) {
        return isMember && roles.containsAll(requireNonNull(wanted, "wanted"));
    }

    /**
     * Tells whether every one of some permissions is given. For "at least one of them", see whether
     * {@link #matchingPermissions} is empty.
     *
     * @param wanted exact names; how often one is wanted does not matter
     * @return whether all are; true for an empty list, unless it is about a tenant that the user is not in
     */
    public boolean hasAllPermissions(Collection<String> wanted) {
        return isMember && permissions.containsAll(requireNonNull(wanted, "wanted"));
    }

    /**
     * Which of some roles are given.
     *
     * @param wanted exact names
     * @return those that are, each once, in the order in which they are wanted
     */
    public Set<String> matchingRoles(Collection<String> wanted) {
        return matching(requireNonNull(wanted, "wanted"), roles);
    }

    /**
     * Which of some permissions are given.
     *
     * @param wanted exact names
     * @return those that are, each once, in the order in which they are wanted
     */
    public Set<String> matchingPermissions(Collection<String> wanted) {
        return matching(requireNonNull(wanted, "wanted"), permissions);
    }

    /** Says how much is given, and not what. */
    @Override
    public String toString() {
        return "Grants[" + roles.size() + " roles, " + permissions.size() + " permissions]";
    }

    private static Set<String> matching(Collection<String> wanted, Set<String> given) {
        Set<String> matching = new LinkedHashSet<>(wanted);
        matching.retainAll(given);
        return Collections.unmodifiableSet(matching);
    }
}
