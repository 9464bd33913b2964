package org.descope4j.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Two JWT libraries that many trust, set up to judge session JWTs by the rules that ours are judged by. */
final class PeerValidators {

    private static final String PROJECT_ID = Corpus.PROJECT_ID;
    private static final Set<String> ISSUERS = Set.of(
            PROJECT_ID, "https://api.descope.com/" + PROJECT_ID, "https://api.descope.com/v1/apps/" + PROJECT_ID);
    private static final int LEEWAY_SECONDS = 5;
    private static final int ISSUE_LEEWAY_SECONDS = 60;

    private PeerValidators() {}

    /** Says yes or no. */
    interface Peer {
        boolean accepts(String sessionJwt);
    }

    static Peer nimbus(byte[] keySet, Instant now) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("application/jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(nimbusKeys(keySet))));
        processor.setJWTClaimsSetVerifier(new NimbusClaims(now));
        return sessionJwt -> {
            try {
                processor.process(sessionJwt, null);
                return true;
            } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
                return false;
            }
        };
    }

    private static JWKSet nimbusKeys(byte[] keySet) {
        try {
            return JWKSet.load(new ByteArrayInputStream(keySet));
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a set of values cannot say. */
    private static final class NimbusClaims extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final Instant now;

        NimbusClaims(Instant now) {
            super(
                    new HashSet<>(Arrays.asList(PROJECT_ID, null)),
                    new JWTClaimsSet.Builder().claim("drn", "DS").build(),
                    Set.of("exp", "sub", "iss"),
                    Set.of());
            this.now = now;
            setMaxClockSkew(LEEWAY_SECONDS);
        }

        /** A millisecond ahead: this library holds nbf == now + leeway for too early, RFC 7519 and we do not. */
        @Override
        protected Date currentTime() {
            return Date.from(now.plusMillis(1));
        }

        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            Date issuedAt = claims.getIssueTime();
            if (claims.getIssuer() == null
                    || !ISSUERS.contains(claims.getIssuer())
                    || claims.getSubject() == null
                    || claims.getSubject().isBlank()
                    || (issuedAt != null && issuedAt.toInstant().isAfter(now.plusSeconds(ISSUE_LEEWAY_SECONDS)))) {
                throw new BadJWTException("issuer, subject or iat");
            }
        }
    }

    static Peer jose4j(byte[] keySet, Instant now) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(jose4jKeys(keySet)))
                .setExpectedType(false, "JWT")
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                .setExpectedIssuers(true, ISSUERS.toArray(String[]::new))
                .setExpectedAudience(false, PROJECT_ID)
                .registerValidator((Validator) context -> whatIsWrong(context, now))
                .build();
        return sessionJwt -> {
            try {
                consumer.process(sessionJwt);
                return true;
            } catch (InvalidJwtException e) {
                return false;
            }
        };
    }

    private static List<org.jose4j.jwk.JsonWebKey> jose4jKeys(byte[] keySet) {
        try {
            return new JsonWebKeySet(new String(keySet, StandardCharsets.UTF_8)).getJsonWebKeys();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the builder cannot say: null where nothing is wrong, as the library wants it. */
    private static @Nullable String whatIsWrong(JwtContext context, Instant now) throws MalformedClaimException {
        JwtClaims claims = context.getJwtClaims();
        NumericDate issuedAt = claims.getIssuedAt();
        boolean isRight = "DS".equals(claims.getClaimValue("drn"))
                && !claims.getSubject().isBlank()
                && (issuedAt == null || issuedAt.getValue() <= now.getEpochSecond() + ISSUE_LEEWAY_SECONDS);
        return isRight ? null : "drn, subject or iat";
    }
}
