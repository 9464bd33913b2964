package org.descope4j.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descope4j.session.InvalidSessionException.Reason;

/**
 * A JWT to be, with the claims that Descope's have. Begun by {@link DescopeTokens#session()} or {@link DescopeTokens#refresh()}; each
 * method answers this draft. Not safe for use by several threads.
 */
public final class TokenDraft {
    static final String SESSION = "DS";
    static final String REFRESH = "DSR";
    static final String DEFAULT_LOGIN_ID = "user@example.com";

    private static final Duration SESSION_LIFETIME = Duration.ofMinutes(10);
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(28);
    private static final Duration LONG_AGO = Duration.ofHours(24);

    private final DescopeTokens tokens;
    private final String kind;
    private final Map<String, Object> tenants = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private String loginId = DEFAULT_LOGIN_ID;
    private String name = "";
    private String userId = "";
    private Duration lifetime;
    private Optional<Reason> flaw = Optional.empty();

    TokenDraft(DescopeTokens tokens, String kind) {
        this.tokens = tokens;
        this.kind = kind;
        this.lifetime = kind.equals(SESSION) ? SESSION_LIFETIME : REFRESH_LIFETIME;
    }

    /**
     * Says who it is. A JWT of Descope's does not name the login ID: it makes the user ID, the same for the same login ID, unless
     * {@link #userId} gives another; a test's {@link CurrentUser} knows it as {@code DescopePrincipal.loginId()}.
     *
     * @param loginId an e-mail address, a phone number or a name; {@code user@example.com} by default
     * @return this draft
     */
    public TokenDraft loginId(String loginId) {
        this.loginId = requireNonNull(loginId, "loginId");
        return this;
    }

    /**
     * Says what the user is called, which no JWT tells: for {@link CurrentUser}, where {@code DescopePrincipal.displayName()} has it.
     *
     * @param name the name; none by default
     * @return this draft
     */
    public TokenDraft name(String name) {
        this.name = requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the claim {@code sub}.
     *
     * @param userId the user's ID at Descope; by default it is made of the login ID
     * @return this draft
     */
    public TokenDraft userId(String userId) {
        this.userId = requireNonNull(userId, "userId");
        return this;
    }

    /**
     * Sets the roles on the level of the project.
     *
     * @param roles the roles' names; none by default
     * @return this draft
     */
    public TokenDraft roles(String... roles) {
        return claim("roles", List.of(roles));
    }

    /**
     * Sets the permissions on the level of the project.
     *
     * @param permissions the permissions' names; none by default
     * @return this draft
     */
    public TokenDraft permissions(String... permissions) {
        return claim("permissions", List.of(permissions));
    }

    /**
     * Makes the user a member of a tenant.
     *
     * @param id the tenant's ID
     * @param roles the roles in that tenant
     * @return this draft
     */
    public TokenDraft tenant(String id, String... roles) {
        return tenant(id, List.of(roles), List.of());
    }

    /**
     * Makes the user a member of a tenant.
     *
     * @param id the tenant's ID; a second call with the same ID replaces the first
     * @param roles the roles in that tenant
     * @param permissions the permissions in that tenant
     * @return this draft
     */
    public TokenDraft tenant(String id, List<String> roles, List<String> permissions) {
        tenants.put(
                requireNonNull(id, "id"), Map.of("roles", List.copyOf(roles), "permissions", List.copyOf(permissions)));
        return this;
    }

    /**
     * Sets any claim, also one that would be there anyway.
     *
     * @param name the claim's name
     * @param value a text, number, boolean, list or map of these; times are seconds since 1970
     * @return this draft
     */
    public TokenDraft claim(String name, Object value) {
        claims.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets how long it is good from now.
     *
     * @param lifetime 10 minutes by default for a session JWT, 28 days for a refresh JWT
     * @return this draft
     */
    public TokenDraft lifetime(Duration lifetime) {
        this.lifetime = requireNonNull(lifetime, "lifetime");
        return this;
    }

    /**
     * Lets it have expired a day ago: {@link #refusedFor} {@link Reason#EXPIRED}.
     *
     * @return this draft
     */
    public TokenDraft expired() {
        return refusedFor(Reason.EXPIRED);
    }

    /**
     * Gives it the one flaw that a validator refuses it for: signed by a key that the project has not, or with another key than it
     * names, from another project, of the other kind, too early, cut off.
     *
     * @param reason what the validator is to say; a {@link #claim} that was set by hand may bring another reason first
     * @return this draft
     * @throws IllegalArgumentException for {@link Reason#WRONG_SUBJECT}, which takes two tokens of two users
     */
    public TokenDraft refusedFor(Reason reason) {
        if (reason == Reason.WRONG_SUBJECT) {
            throw new IllegalArgumentException(
                    "One token cannot be of the wrong subject: mint a session JWT and a refresh"
                            + " JWT with two login IDs");
        }
        this.flaw = Optional.of(reason);
        return this;
    }

    /**
     * Mints it.
     *
     * @return the bare JWT, issued now by the clock of its {@link DescopeTokens}
     */
    public String jwt() {
        String jwt = tokens.sign(allClaims());
        return flaw.map(reason -> signedBadly(jwt, reason)).orElse(jwt);
    }

    private static String signedBadly(String jwt, Reason reason) {
        return switch (reason) {
            case MALFORMED -> jwt.substring(0, jwt.lastIndexOf('.'));
            case UNSUPPORTED_ALGORITHM -> Signatures.bySharedSecret(jwt);
            case UNKNOWN_KEY -> Signatures.byUnknownKey(jwt);
            case BAD_SIGNATURE -> Signatures.forged(jwt);
            default -> jwt; // the flaw is in the claims
        };
    }

    String loginId() {
        return loginId;
    }

    String name() {
        return name;
    }

    private Map<String, Object> allClaims() {
        Instant issuedAt = tokens.clock().instant();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", tokens.projectId());
        all.put("sub", userId.isEmpty() ? userIdOf(loginId) : userId);
        all.put("drn", kind);
        all.put("iat", issuedAt.getEpochSecond());
        all.put("exp", issuedAt.plus(lifetime).getEpochSecond());
        all.put("amr", List.of("email"));
        if (!tenants.isEmpty()) {
            all.put("tenants", tenants);
        }
        all.putAll(claims);
        flaw.ifPresent(reason -> spoil(all, reason, issuedAt));
        return all;
    }

    private void spoil(Map<String, Object> all, Reason reason, Instant now) {
        switch (reason) {
            case EXPIRED -> {
                all.put("iat", now.minus(LONG_AGO).minus(lifetime).getEpochSecond());
                all.put("exp", now.minus(LONG_AGO).getEpochSecond());
            }
            case NOT_YET_VALID -> {
                all.put("nbf", now.plus(LONG_AGO).getEpochSecond());
                all.put("exp", now.plus(LONG_AGO).plus(lifetime).getEpochSecond());
            }
            case WRONG_ISSUER -> all.put("iss", "PSomebodyElse" + "0".repeat(15));
            case WRONG_AUDIENCE -> all.put("aud", "somebody-else");
            case WRONG_KIND -> all.put("drn", kind.equals(SESSION) ? REFRESH : SESSION);
            case INVALID_CLAIM -> all.remove("exp");
            default -> {} // the flaw is not in the claims
        }
    }

    /** Like a user ID of Descope's. */
    private static String userIdOf(String loginId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(loginId.getBytes(UTF_8));
            return "U2" + HexFormat.of().formatHex(digest).substring(0, 25);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    /** Neither login ID nor claims: both may be personal data. */
    @Override
    public String toString() {
        return "TokenDraft[" + kind + ", " + flaw.map(Reason::name).orElse("acceptable") + "]";
    }
}
