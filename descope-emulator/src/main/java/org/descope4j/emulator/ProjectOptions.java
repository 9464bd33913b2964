package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be said about an emulated project before it is there: its settings, as the Descope console would hold them, and who and what
 * is in it at the start and after each {@link DescopeEmulator#reset()}. Not safe for use by several threads.
 *
 * @param <B> the kind of builder that these methods answer
 */
public abstract class ProjectOptions<B extends ProjectOptions<B>> {
    private final List<NewUser> users = new ArrayList<>();
    private final List<NewAccessKey> accessKeys = new ArrayList<>();
    private final List<Tenants.Entry> tenants = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();
    private final Set<Permission> permissions = new LinkedHashSet<>();
    private String projectId = DescopeEmulator.DEFAULT_PROJECT_ID;
    private Duration sessionLifetime = Duration.ofMinutes(10);
    private Duration refreshLifetime = Duration.ofDays(28);
    private Duration linkLifetime = Duration.ofMinutes(3);
    private List<String> rolesForNewUsers = List.of();
    private boolean rotatesRefreshTokens;
    private Duration rotationGracePeriod = Duration.ZERO;
    private Optional<String> managementKey = Optional.empty();
    private String authManagementKey = "";
    private boolean tokensInCookies;
    private String sessionCookieName = "DS";
    private String refreshCookieName = "DSR";
    private SigningAlgorithm signingAlgorithm = SigningAlgorithm.RS256;
    private IssuerForm issuerForm = IssuerForm.PROJECT_ID;
    private JsonObject customClaims = JsonValue.EMPTY_JSON_OBJECT;

    ProjectOptions() {}

    /**
     * Sets the project ID.
     *
     * @param projectId P and at least 27 more letters and digits, as the official Java SDK demands; the default is
     *     {@code PEmulator} and zeros
     * @return this
     */
    public B projectId(String projectId) {
        this.projectId = requireNonNull(projectId, "projectId");
        return self();
    }

    /**
     * Sets how long a session JWT is good.
     *
     * @param lifetime from one second; the default is 10 minutes, as in a new Descope project
     * @return this
     */
    public B sessionLifetime(Duration lifetime) {
        this.sessionLifetime = requireNonNull(lifetime, "lifetime");
        return self();
    }

    /**
     * Sets how long a refresh JWT is good.
     *
     * @param lifetime from one second; the default is 28 days, as in a new Descope project
     * @return this
     */
    public B refreshLifetime(Duration lifetime) {
        this.refreshLifetime = requireNonNull(lifetime, "lifetime");
        return self();
    }

    /**
     * Sets how long a magic link is good.
     *
     * @param lifetime from one second; the default is 3 minutes, the shortest that Descope's documentation advises
     * @return this
     */
    public B linkLifetime(Duration lifetime) {
        this.linkLifetime = requireNonNull(lifetime, "lifetime");
        return self();
    }

    /**
     * Sets the roles of users who sign up.
     *
     * @param roles the roles' names; none by default
     * @return this
     */
    public B rolesForNewUsers(String... roles) {
        this.rolesForNewUsers = List.of(roles);
        return self();
    }

    /**
     * Chooses whether each refresh issues a new refresh JWT and ends the former one.
     *
     * @param rotates false by default
     * @return this
     */
    public B rotatesRefreshTokens(boolean rotates) {
        this.rotatesRefreshTokens = rotates;
        return self();
    }

    /**
     * Sets how long a refresh JWT is still good after a refresh has replaced it, as services with rotation allow so that a lost answer ends
     * no session. Whether Descope has such a period is not public.
     *
     * @param period zero by default, the sterner assumption; not negative
     * @return this
     */
    public B rotationGracePeriod(Duration period) {
        this.rotationGracePeriod = requireNonNull(period, "period");
        return self();
    }

    /**
     * Sets the key that management calls need.
     *
     * @param key printable ASCII without spaces and colons; a random one by default
     * @return this
     */
    public B managementKey(String key) {
        this.managementKey = Optional.of(key);
        return self();
    }

    /**
     * Makes every call that signs users in demand a key at the end of its Authorization, as a project does that has closed its
     * sign-in to other callers.
     *
     * @param key printable ASCII without spaces and colons; none by default
     * @return this
     */
    public B authManagementKey(String key) {
        this.authManagementKey = requireNonNull(key, "key");
        return self();
    }

    /**
     * Chooses whether JWTs come as cookies, with nothing in the fields of the body, as in projects that manage tokens in cookies.
     *
     * @param inCookies false by default
     * @return this
     */
    public B tokensInCookies(boolean inCookies) {
        this.tokensInCookies = inCookies;
        return self();
    }

    /**
     * Sets the names of the cookies, which answers tell in any case.
     *
     * @param sessionCookie the session JWT's; {@code DS} by default
     * @param refreshCookie the refresh JWT's; {@code DSR} by default
     * @return this
     */
    public B cookieNames(String sessionCookie, String refreshCookie) {
        this.sessionCookieName = requireNonNull(sessionCookie, "sessionCookie");
        this.refreshCookieName = requireNonNull(refreshCookie, "refreshCookie");
        return self();
    }

    /**
     * Chooses how JWTs are signed.
     *
     * @param algorithm RS256 by default
     * @return this
     */
    public B signingAlgorithm(SigningAlgorithm algorithm) {
        this.signingAlgorithm = requireNonNull(algorithm, "algorithm");
        return self();
    }

    /**
     * Chooses what the issuer of the JWTs looks like.
     *
     * @param form the project ID alone by default
     * @return this
     */
    public B issuerForm(IssuerForm form) {
        this.issuerForm = requireNonNull(form, "form");
        return self();
    }

    /**
     * Sets claims that stand at the top level of every session JWT of a user, as a JWT template of the project would put them there.
     *
     * @param claims texts, numbers, booleans, lists and maps of these; a claim that Descope sets itself is not replaced
     * @return this
     */
    public B customClaims(Map<String, ?> claims) {
        return customClaims(Json.object(claims));
    }

    B customClaims(JsonObject claims) {
        this.customClaims = claims;
        return self();
    }

    /**
     * Adds a user who is there from the start.
     *
     * @param user the user to be
     * @return this
     */
    public B user(NewUser user) {
        users.add(requireNonNull(user, "user"));
        return self();
    }

    /**
     * Adds an access key that is there from the start.
     *
     * @param key the key to be; with {@link NewAccessKey.Builder#key(String)} its text is known before
     * @return this
     */
    public B accessKey(NewAccessKey key) {
        accessKeys.add(requireNonNull(key, "key"));
        return self();
    }

    /**
     * Adds a tenant that is there from the start. A tenant that a user or an access key is in needs no such call.
     *
     * @param id the tenant's ID
     * @param name the tenant's name
     * @return this
     */
    public B tenant(String id, String name) {
        return tenant(id, name, Map.of());
    }

    /**
     * Adds a tenant with custom attributes that is there from the start.
     *
     * @param id the tenant's ID
     * @param name the tenant's name
     * @param customAttributes texts, numbers, booleans, lists and maps of these, by their names
     * @return this
     */
    public B tenant(String id, String name, Map<String, ?> customAttributes) {
        return tenant(new Tenants.Entry(
                requireNonNull(id, "id"),
                requireNonNull(name, "name"),
                Json.object(customAttributes),
                List.of(),
                Instant.EPOCH));
    }

    B tenant(Tenants.Entry tenant) {
        tenants.add(tenant);
        return self();
    }

    /**
     * Defines a role. Whoever has it has its permissions, in the project or in the tenant where they have the role.
     *
     * @param name the role's name
     * @param permissions the names of the permissions that the role grants; they are defined by this
     * @return this
     */
    public B role(String name, String... permissions) {
        return role(Role.ofProject(requireNonNull(name, "name"), List.of(permissions)));
    }

    B role(Role role) {
        roles.add(role);
        return self();
    }

    B permission(Permission permission) {
        permissions.add(permission);
        return self();
    }

    /** This builder, as the type that the caller knows. */
    abstract B self();

    final NewProject plan() {
        ProjectSettings settings = new ProjectSettings(
                projectId,
                new Lifetimes(sessionLifetime, refreshLifetime, linkLifetime),
                new ManagementKeys(
                        managementKey.orElseGet(() -> RandomText.id("K2") + RandomText.secret()), authManagementKey),
                new TokenCookies(tokensInCookies, sessionCookieName, refreshCookieName),
                signingAlgorithm,
                issuerForm,
                rolesForNewUsers,
                rotatesRefreshTokens,
                rotationGracePeriod,
                customClaims);
        return new NewProject(settings, users, accessKeys, tenants, roles, List.copyOf(permissions));
    }
}
