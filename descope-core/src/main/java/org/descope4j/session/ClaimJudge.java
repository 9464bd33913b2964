package org.descope4j.session;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descope4j.session.InvalidSessionException.Reason;

/**
 * Judges the claims of a token by the rules. It says nothing about the signature: what it refuses is refused whoever
 * signed it, what it passes is worth nothing until the signature is checked.
 */
final class ClaimJudge {

    /** 9999-12-31T23:59:59Z. Beyond it lie milliseconds taken for seconds, and everything that was meant as "never". */
    private static final BigDecimal LATEST = BigDecimal.valueOf(253402300799L);

    /** How far this machine's clock may be behind the issuer's: less would refuse every new session at a server that is a little slow. */
    private static final Duration LATEST_ISSUE = Duration.ofMinutes(1);

    private final TokenRules rules;

    ClaimJudge(TokenRules rules) {
        this.rules = rules;
    }

    /**
     * Judges claims.
     *
     * @return what a session is made of once the signature has been checked
     * @throws InvalidSessionException if they are refused
     */
    VerifiedClaims judge(JsonMembers claims, TokenKind kind, Instant now) {
        requireKind(claims, kind);
        requireIssuer(claims);
        requireAudience(claims);
        Instant expiresAt = requireTime(claims, now);
        Optional<Instant> issuedAt = time(claims, "iat", RoundingMode.FLOOR);
        requireTextOrNothing(claims, "jti");
        return new VerifiedClaims(TokenOwner.of(requireSubject(claims), claims), issuedAt, expiresAt, claims);
    }

    private static void requireKind(JsonMembers claims, TokenKind kind) {
        if (claims.text("drn").filter(kind.drn()::equals).isEmpty()) {
            throw new InvalidSessionException(
                    Reason.WRONG_KIND,
                    "Expected a " + kind.title() + " (claim drn is " + kind.drn() + "); came another kind of token."
                            + " Session JWTs, refresh JWTs and OIDC tokens of a project do not stand in for each other.");
        }
        // RFC 9449, section 7.1: whoever cannot check the proof of possession must not take the token for a bearer
        // token
        if (claims.has("cnf")) {
            throw new InvalidSessionException(
                    Reason.WRONG_KIND,
                    "Expected a bearer token; came one that is bound to a key (claim cnf). Turn DPoP off for this"
                            + " project in the Descope console.");
        }
    }

    private void requireIssuer(JsonMembers claims) {
        if (claims.text("iss").filter(rules.issuers()::contains).isEmpty()) {
            throw new InvalidSessionException(
                    Reason.WRONG_ISSUER,
                    "Expected an issuer of project " + rules.projectId() + " at the configured base URL; came none, or"
                            + " another. Compare descope.project-id and descope.base-url with the Descope console.");
        }
    }

    /** RFC 7519, section 4.1.3: a token that names an audience is refused by whoever is not in it. */
    private void requireAudience(JsonMembers claims) {
        if (rules.audiences().isEmpty() && !claims.values().containsKey("aud")) {
            return;
        }
        Set<String> wanted = rules.audiences().isEmpty() ? Set.of(rules.projectId()) : rules.audiences();
        if (!names(claims.values().getOrDefault("aud", List.of()), wanted)) {
            throw new InvalidSessionException(
                    Reason.WRONG_AUDIENCE,
                    rules.audiences().isEmpty()
                            ? "Expected no audience, or the project itself, in the claim aud; came others. Set"
                                    + " descope.audience if tokens for that audience are meant for this application."
                            : "Expected the configured audience in the claim aud; came none, or others. Compare"
                                    + " descope.audience with the JWT template in the Descope console.");
        }
    }

    private static boolean names(Object audience, Set<String> wanted) {
        if (audience instanceof List<?> list) {
            // in this order, since a set of texts may not be asked for a null
            return list.stream().allMatch(String.class::isInstance)
                    && list.stream().anyMatch(wanted::contains);
        }
        return audience instanceof String text && wanted.contains(text);
    }

    private Instant requireTime(JsonMembers claims, Instant now) {
        Instant expiresAt = time(claims, "exp", RoundingMode.FLOOR)
                .orElseThrow(() -> InvalidSessionException.invalidClaim("exp", "a number of seconds since 1970"));
        // exp == now - leeway is expired: RFC 7519, section 4.1.4, says "on or after"
        if (!expiresAt.isAfter(now.minus(rules.leeway()))) {
            throw InvalidSessionException.expired(
                    claims.text("sub").map(subject -> TokenOwner.of(subject, claims)),
                    Duration.ofSeconds(Duration.between(expiresAt, now).toSeconds()));
        }
        // nbf == now + leeway is valid
        requireStarted(time(claims, "nbf", RoundingMode.CEILING), rules.leeway(), expiresAt, now);
        requireStarted(time(claims, "iat", RoundingMode.CEILING), issueLeeway(), expiresAt, now);
        return expiresAt;
    }

    /** iat says when a token was made, not when it begins to be good (RFC 7519, section 4.1.6). */
    private Duration issueLeeway() {
        return rules.leeway().compareTo(LATEST_ISSUE) > 0 ? rules.leeway() : LATEST_ISSUE;
    }

    /** Leeway makes nobody a time out of an end before the start. */
    private static void requireStarted(Optional<Instant> start, Duration leeway, Instant expiresAt, Instant now) {
        if (start.isEmpty()) {
            return;
        }
        if (start.get().isAfter(now.plus(leeway))) {
            throw InvalidSessionException.notYetValid(
                    Duration.ofSeconds(Duration.between(now, start.get()).toSeconds()));
        }
        if (expiresAt.isBefore(start.get())) {
            throw InvalidSessionException.invalidClaim("exp", "no earlier than nbf and iat");
        }
    }

    /** A NumericDate of RFC 7519, section 2, in whole seconds: a part of one makes an end earlier and a start later. */
    private static Optional<Instant> time(JsonMembers claims, String name, RoundingMode rounding) {
        if (!claims.has(name)) {
            return Optional.empty();
        }
        Object value = claims.values().get(name);
        BigDecimal seconds = value instanceof Long number
                ? BigDecimal.valueOf(number)
                : value instanceof BigDecimal number ? number : LATEST.add(BigDecimal.ONE);
        if (seconds.abs().compareTo(LATEST) > 0) {
            throw InvalidSessionException.invalidClaim(name, "a number of seconds since 1970");
        }
        return Optional.of(Instant.ofEpochSecond(seconds.setScale(0, rounding).longValue()));
    }

    /** RFC 7519, section 4.1.7: the ID of a token is a text; whoever compares IDs may rely on that. */
    private static void requireTextOrNothing(JsonMembers claims, String name) {
        if (claims.has(name) && claims.text(name).isEmpty()) {
            throw InvalidSessionException.invalidClaim(name, "a text, where it is there");
        }
    }

    private static String requireSubject(JsonMembers claims) {
        return claims.text("sub")
                .filter(subject -> !subject.isBlank())
                .orElseThrow(() -> InvalidSessionException.invalidClaim("sub", "a text that is not blank"));
    }
}
