package org.descope4j.emulator;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.json.JsonObject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mints session and refresh JWTs with the claims that Descope's have, and judges the refresh JWTs that come back. */
final class TokenIssuer {
    private static final String SESSION_KIND = "DS";
    private static final String REFRESH_KIND = "DSR";

    /** What Descope decides about, also by leaving it out: a claim that says more than was granted must not come from elsewhere. */
    private static final Set<String> RESERVED_CLAIMS = Set.of(
            "amr",
            "aud",
            "dct",
            "drn",
            "exp",
            "iat",
            "iss",
            "jti",
            "nbf",
            "nsec",
            "permissions",
            "rexp",
            "roles",
            "su",
            "sub",
            "tenants");

    private final ProjectSettings project;
    private final String issuer;
    private final Roles roles;
    private final SigningKeys keys;
    private final Clock clock;

    TokenIssuer(ProjectSettings project, String issuer, Roles roles, SigningKeys keys, Clock clock) {
        this.project = project;
        this.issuer = issuer;
        this.roles = roles;
        this.keys = keys;
        this.clock = clock;
    }

    /** No later than the session itself, so that signing in outlives nothing. */
    Instant sessionJwtExpiry(Session session) {
        Instant expiry = clock.instant().plus(project.lifetimes().sessionJwt());
        return expiry.isBefore(session.expiresAt()) ? expiry : session.expiresAt();
    }

    String sessionJwt(Session session, User user, Instant expiry) {
        JWTClaimsSet.Builder claims = claims(startingWith(project.customClaims()), SESSION_KIND, session, expiry)
                .jwtID(RandomText.id("J2"))
                .claim(
                        "rexp",
                        Instant.ofEpochSecond(session.expiresAt().getEpochSecond())
                                .toString());
        addGrants(claims, user.profile().grants());
        addCallersClaims(claims, session.terms().customClaims());
        if (session.terms().isSteppedUp()) {
            claims.claim("su", true);
        }
        return keys.sign(claims.build());
    }

    /** The session JWT of a program. The key's own claims stand at the top level, those of the exchange in {@code nsec}. */
    String accessKeyJwt(AccessKey key, JsonObject customClaims, String tenant, Instant expiry) {
        JWTClaimsSet.Builder claims = startingWith(key.profile().customClaims());
        addCommon(claims, SESSION_KIND, key.id(), expiry).jwtID(RandomText.id("J2"));
        addGrants(claims, key.profile().grants());
        addCallersClaims(claims, customClaims);
        return keys.sign(inTenant(claims, tenant).build());
    }

    String refreshJwt(Session session) {
        return keys.sign(claims(new JWTClaimsSet.Builder(), REFRESH_KIND, session, session.expiresAt())
                .jwtID(session.id())
                .build());
    }

    /** The ID of the session that a refresh JWT of ours, unexpired, belongs to. */
    String sessionIdOf(String refreshJwt) {
        return requireGood(refreshJwt, REFRESH_KIND).getJWTID();
    }

    /** What a session JWT of ours, unexpired, says; its times are texts. */
    JsonObject claimsOfSession(String sessionJwt) {
        JWTClaimsSet claims = requireGood(sessionJwt, SESSION_KIND);
        return Json.copy(Json.parseObject(JSONObjectUtils.toJSONString(claims.toJSONObject())))
                .add("exp", claims.getExpirationTime().toInstant().toString())
                .add("iat", claims.getIssueTime().toInstant().toString())
                .build();
    }

    private JWTClaimsSet requireGood(String jwt, String kind) {
        JWTClaimsSet claims =
                keys.verify(jwt).orElseThrow(() -> Refusal.invalidToken("The token is not signed by this project"));
        if (!kind.equals(claims.getClaim("drn"))) {
            throw Refusal.invalidToken("A token with drn " + kind + " is needed here, not another kind");
        }
        if (!clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
            throw Refusal.invalidToken("The token has expired");
        }
        return claims;
    }

    private JWTClaimsSet.Builder claims(JWTClaimsSet.Builder claims, String kind, Session session, Instant expiry) {
        SessionTerms terms = session.terms();
        addCommon(claims, kind, terms.userId(), expiry).claim("amr", terms.amr());
        return inTenant(claims, terms.selectedTenant());
    }

    /** Claims of somebody's choice; those that Descope sets are set after these, and so stand. */
    private static JWTClaimsSet.Builder startingWith(JsonObject customClaims) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        plain(customClaims).forEach((name, value) -> {
            if (!RESERVED_CLAIMS.contains(name)) {
                claims.claim(name, value);
            }
        });
        return claims;
    }

    private JWTClaimsSet.Builder addCommon(JWTClaimsSet.Builder claims, String kind, String subject, Instant expiry) {
        return claims.issuer(issuer)
                .subject(subject)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(expiry))
                .claim("drn", kind);
    }

    private static JWTClaimsSet.Builder inTenant(JWTClaimsSet.Builder claims, String tenant) {
        return tenant.isEmpty() ? claims : claims.claim("dct", tenant);
    }

    private void addGrants(JWTClaimsSet.Builder claims, Grants granted) {
        Grants grants = roles.spelledOut(granted);
        if (!grants.roles().isEmpty()) {
            claims.claim("roles", grants.roles());
        }
        if (!grants.permissions().isEmpty()) {
            claims.claim("permissions", grants.permissions());
        }
        if (!grants.tenants().isEmpty()) {
            claims.claim("tenants", tenants(grants.tenants()));
        }
    }

    private static void addCallersClaims(JWTClaimsSet.Builder claims, JsonObject customClaims) {
        if (!customClaims.isEmpty()) {
            claims.claim("nsec", plain(customClaims));
        }
    }

    private static Map<String, Object> tenants(List<Tenant> tenants) {
        Map<String, Object> byId = new LinkedHashMap<>();
        tenants.forEach(
                tenant -> byId.put(tenant.id(), Map.of("roles", tenant.roles(), "permissions", tenant.permissions())));
        return byId;
    }

    private static Map<String, Object> plain(JsonObject object) {
        try {
            return JSONObjectUtils.parse(Json.write(object));
        } catch (ParseException e) {
            throw new IllegalStateException("One JSON library wrote what the other cannot read", e);
        }
    }
}
