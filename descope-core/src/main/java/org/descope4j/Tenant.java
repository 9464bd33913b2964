package org.descope4j;

import static java.util.Objects.requireNonNullElse;

import java.util.Map;

/** A tenant of the project. Immutable. */
public final class Tenant {
    private final String id;
    private final String name;
    private final Map<String, Object> customAttributes;

    private Tenant(Wire.TenantAnswer answer) {
        id = requireNonNullElse(answer.id(), "");
        name = requireNonNullElse(answer.name(), "");
        customAttributes = AnswerValues.members(answer.customAttributes());
    }

    static Tenant of(Wire.TenantAnswer answer) {
        return new Tenant(answer);
    }

    /**
     * The ID, as the claims of a session name it.
     *
     * @return the ID
     */
    public String id() {
        return id;
    }

    /**
     * The name to show.
     *
     * @return empty where Descope does not say
     */
    public String name() {
        return name;
    }

    /**
     * Attributes that the project defines.
     *
     * @return values as in {@link org.descope4j.session.Session#claims()}; empty if there are none
     */
    public Map<String, Object> customAttributes() {
        return customAttributes;
    }

    /** The ID alone. */
    @Override
    public String toString() {
        return "Tenant[" + id + "]";
    }
}
