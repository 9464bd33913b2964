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

/** Mints session and refresh JWTs with the claims that Descope's have, and judges the refresh JWTs that come back. */
final class TokenIssuer {
    private static final String SESSION_KIND = "DS";
    private static final String REFRESH_KIND = "DSR";

    private final Project project;
    private final SigningKeys keys;
    private final Clock clock;

    TokenIssuer(Project project, SigningKeys keys, Clock clock) {
        this.project = project;
        this.keys = keys;
        this.clock = clock;
    }

    /** No later than the session itself, so that signing in outlives nothing. */
    Instant sessionJwtExpiry(Session session) {
        Instant expiry = clock.instant().plus(project.sessionLifetime());
        return expiry.isBefore(session.expiresAt()) ? expiry : session.expiresAt();
    }

    String sessionJwt(Session session, User user, Instant expiry) {
        JWTClaimsSet.Builder claims = claims(SESSION_KIND, session, expiry)
                .jwtID(RandomText.id("J2"))
                .claim(
                        "rexp",
                        Instant.ofEpochSecond(session.expiresAt().getEpochSecond())
                                .toString());
        NewUser profile = user.profile();
        if (!profile.roles().isEmpty()) {
            claims.claim("roles", profile.roles());
        }
        if (!profile.permissions().isEmpty()) {
            claims.claim("permissions", profile.permissions());
        }
        if (!profile.tenants().isEmpty()) {
            claims.claim("tenants", tenants(profile.tenants()));
        }
        JsonObject customClaims = session.terms().customClaims();
        if (!customClaims.isEmpty()) {
            claims.claim("nsec", plain(customClaims));
        }
        if (session.terms().isSteppedUp()) {
            claims.claim("su", true);
        }
        return keys.sign(claims.build());
    }

    String refreshJwt(Session session) {
        return keys.sign(claims(REFRESH_KIND, session, session.expiresAt())
                .jwtID(session.id())
                .build());
    }

    /** The ID of the session that a refresh JWT of ours, unexpired, belongs to. */
    String sessionIdOf(String refreshJwt) {
        JWTClaimsSet claims = keys.verify(refreshJwt)
                .orElseThrow(() -> Refusal.invalidToken("The refresh token is not signed by this project"));
        if (!REFRESH_KIND.equals(claims.getClaim("drn"))) {
            throw Refusal.invalidToken("A refresh token is needed here, not another kind of token");
        }
        Date expiry = claims.getExpirationTime();
        if (!clock.instant().isBefore(expiry.toInstant())) {
            throw Refusal.invalidToken("The refresh token has expired");
        }
        return claims.getJWTID();
    }

    private JWTClaimsSet.Builder claims(String kind, Session session, Instant expiry) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(project.id())
                .subject(session.userId())
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(expiry))
                .claim("drn", kind)
                .claim("amr", session.terms().amr());
        String tenant = session.terms().selectedTenant();
        return tenant.isEmpty() ? claims : claims.claim("dct", tenant);
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
