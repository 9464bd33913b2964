package org.descope4j.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.util.Map;
import java.util.Optional;
import org.descope4j.session.KeySource;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.VerificationKey;

/** A key pair that exists in this process only: a fresh one at each start, so that nothing it signed is good elsewhere. Immutable. */
final class ProjectKey implements KeySource {
    private final JWK pair;
    private final VerificationKey publicHalf;

    private ProjectKey(JWK pair) throws JOSEException {
        this.pair = pair;
        this.publicHalf = new VerificationKey(
                pair.getKeyID(), SigningAlgorithm.RS256, pair.toRSAKey().toRSAPublicKey());
    }

    static ProjectKey generate(String keyId) {
        try {
            return new ProjectKey(Signatures.newRsaKey(keyId));
        } catch (JOSEException e) {
            throw new IllegalStateException("The public half of an RSA key cannot be read", e);
        }
    }

    /** One for all tests of a run that bring no project of their own: making one takes a tenth of a second and more. */
    static ProjectKey ofThisRun() {
        return OfThisRun.KEY;
    }

    private static final class OfThisRun {
        private static final ProjectKey KEY = generate("SK2testkit");
    }

    String sign(Map<String, ?> claims) {
        return Signatures.sign(claims, pair, JWSAlgorithm.RS256);
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        return publicHalf.id().equals(keyId) ? Optional.of(publicHalf) : Optional.empty();
    }
}
