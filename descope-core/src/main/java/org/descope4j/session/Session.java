package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A session of a user, verified. Only a {@link SessionValidator} makes one, so holding it is the proof.
 *
 * <p>Deeply immutable. A claim that Descope never writes in the shape at hand (a text where a list is due, a number
 * among the roles) gives no role, and no exception.
 */
public final class Session {

    private final TokenOwner owner;
    private final Optional<Instant> issuedAt;
    private final Instant expiresAt;
    private final boolean hasTenantsClaim;
    private final Map<String, Object> claims;
    private final Grants grants;

    Session(VerifiedClaims verified) {
        owner = verified.owner();
        issuedAt = verified.issuedAt();
        expiresAt = verified.expiresAt();
        hasTenantsClaim = verified.members().has("tenants");
        claims = verified.members().values();
        grants = Grants.listedIn(claims);
    }

    /**
     * Whom the session is for: the claim {@code sub}.
     *
     * @return a user ID, or what a Descope JWT template put in its place
     */
    public String subject() {
        return owner.subject();
    }

    /**
     * The ID of the user at Descope: the claim {@code dsub} where a JWT template replaced the subject, otherwise the
     * subject.
     *
     * @return the user ID
     */
    public String userId() {
        return owner.userId();
    }

    TokenOwner owner() {
        return owner;
    }

    /**
     * When the session was issued.
     *
     * @return empty if the token does not say
     */
    public Optional<Instant> issuedAt() {
        return issuedAt;
    }

    /**
     * When the session ends; until then it can be used, even if Descope has revoked it.
     *
     * @return the end
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * The roles and permissions on the level of the project, with checks. They say nothing about a tenant: see
     * {@link #grantsIn}.
     *
     * @return the same object at each call
     */
    public Grants grants() {
        return grants;
    }

    /**
     * The roles and permissions in one tenant, with checks. What the project gives does not count, unless the session
     * was issued for this very tenant (claim {@code dct}) and lists no tenants at all.
     *
     * @param tenant the exact ID of a tenant; it may come from a request
     * @return nothing, and no check passes, if the user is not in the tenant
     */
    public Grants grantsIn(String tenant) {
        if (!hasTenantsClaim) {
            boolean isCurrent =
                    currentTenant().filter(current -> current.equals(tenant)).isPresent();
            return isCurrent ? grants : Grants.OF_A_STRANGER;
        }
        if (claims.get("tenants") instanceof Map<?, ?> tenants && tenants.get(tenant) instanceof Map<?, ?> entry) {
            return Grants.listedIn(entry);
        }
        return Grants.OF_A_STRANGER;
    }

    /**
     * The roles on the level of the project. They say nothing about a tenant: see {@link #rolesIn}.
     *
     * @return the names, compared exactly; empty if there are none
     */
    public Set<String> roles() {
        return grants.roles();
    }

    /**
     * The permissions on the level of the project. They say nothing about a tenant: see {@link #permissionsIn}.
     *
     * @return the names, compared exactly; empty if there are none
     */
    public Set<String> permissions() {
        return grants.permissions();
    }

    /**
     * The tenants that the user belongs to.
     *
     * @return the IDs of the tenants; empty if there are none
     */
    public Set<String> tenants() {
        if (!hasTenantsClaim) {
            return currentTenant().map(Set::of).orElseGet(Set::of);
        }
        if (!(claims.get("tenants") instanceof Map<?, ?> tenants)) {
            return Set.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Map.Entry<?, ?> tenant : tenants.entrySet()) {
            if (tenant.getValue() instanceof Map<?, ?>) {
                ids.add((String) tenant.getKey());
            }
        }
        return Collections.unmodifiableSet(ids);
    }

    /**
     * The roles in one tenant. Roles on the level of the project do not count, unless the session was issued for this
     * very tenant (claim {@code dct}) and lists no tenants at all.
     *
     * @param tenant the exact ID of a tenant; it may come from a request
     * @return the names, compared exactly; empty if the user is not in the tenant
     */
    public Set<String> rolesIn(String tenant) {
        return grantsIn(tenant).roles();
    }

    /**
     * The permissions in one tenant, by the same rule as {@link #rolesIn}.
     *
     * @param tenant the exact ID of a tenant; it may come from a request
     * @return the names, compared exactly; empty if the user is not in the tenant
     */
    public Set<String> permissionsIn(String tenant) {
        return grantsIn(tenant).permissions();
    }

    /**
     * The tenant that the user has chosen for this session: the claim {@code dct}.
     *
     * @return the ID of the tenant, or empty if none was chosen
     */
    public Optional<String> currentTenant() {
        return text("dct");
    }

    /**
     * How the user signed in: the claim {@code amr}, with values such as {@code email}, {@code sms}, {@code mfa}.
     *
     * @return the methods; empty if the token does not say
     */
    public Set<String> authenticationMethods() {
        return JsonMembers.texts(claims.get("amr"));
    }

    /**
     * Tells whether the user proved once more who they are, by a step-up: the claim {@code su}. What Descope says by it
     * holds for as long as this session does.
     *
     * @return whether the claim is there and {@code true}
     */
    public boolean isSteppedUp() {
        return Boolean.TRUE.equals(claims.get("su"));
    }

    /**
     * The claims that the application itself passed along when the link was asked for: the claim {@code nsec}. They are
     * as trustworthy as what was passed, and give neither roles nor permissions. Some projects put such claims on the
     * top level instead: see {@link #claim}.
     *
     * @return their values by name, as in {@link #claims}; empty if there are none
     */
    @SuppressWarnings("unchecked") // names in JSON are texts, and a null is never a value
    public Map<String, Object> customClaims() {
        return claims.get("nsec") instanceof Map<?, ?> custom ? (Map<String, Object>) custom : Map.of();
    }

    /**
     * Every claim of the token. Values are {@link String}, {@link Boolean}, {@link Long} (integers that fit),
     * {@link java.math.BigDecimal} (all other numbers), {@link List} and {@link Map}, all of them immutable. A member
     * that is {@code null} is left out; a {@code null} in a list keeps its place.
     *
     * @return the claims by name
     */
    public Map<String, Object> claims() {
        return claims;
    }

    /**
     * One claim of the token.
     *
     * @param name the exact name
     * @return its value as in {@link #claims}, or empty if it is missing or {@code null}
     */
    public Optional<Object> claim(String name) {
        return Optional.ofNullable(claims.get(requireNonNull(name, "name")));
    }

    /** Says until when, and nothing about whom: no token and no claim. */
    @Override
    public String toString() {
        return "Session[expiresAt=" + expiresAt + "]";
    }

    private Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
