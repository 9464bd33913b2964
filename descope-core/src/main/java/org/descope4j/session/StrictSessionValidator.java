package org.descope4j.session;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.descope4j.session.InvalidSessionException.Reason;

/**
 * Judges a token in five steps, each of which may only refuse: (1) its form, (2) its header, (3) its claims, (4) the
 * key, (5) the signature. A token that was genuine before skips what cannot change: (1), (2) and (5).
 *
 * <p>The claims come before the key, although nothing vouches for them yet, because a refusal needs no voucher: a token
 * that expired long ago, or of another project, is refused without asking anybody for a key that may be gone. Safe for
 * concurrent use.
 */
final class StrictSessionValidator implements SessionValidator {

    private static final System.Logger LOGGER = System.getLogger(StrictSessionValidator.class.getName());
    private static final int MAX_LOGGED_KEY_ID = 64;

    private final TokenRules rules;
    private final KeySource keys;
    private final Clock clock;
    private final ClaimJudge claims;
    private final StrictJson json = new StrictJson();
    private final GenuineTokens genuine;

    StrictSessionValidator(TokenRules rules, KeySource keys, Clock clock, GenuineTokens genuine) {
        this.rules = rules;
        this.keys = keys;
        this.clock = clock;
        this.genuine = genuine;
        this.claims = new ClaimJudge(rules);
    }

    @Override
    public Session validate(String sessionJwt) {
        return new Session(verified(requireNonNull(sessionJwt, "sessionJwt"), TokenKind.SESSION));
    }

    @Override
    public RefreshToken validateRefresh(String refreshJwt) {
        return new RefreshToken(verified(requireNonNull(refreshJwt, "refreshJwt"), TokenKind.REFRESH));
    }

    @Override
    public void requireKeys() {
        keys.requireKeys();
    }

    private VerifiedClaims verified(String jwt, TokenKind kind) {
        try {
            CompactToken.requireLength(jwt);
            TokenDigest digest = TokenDigest.of(jwt);
            Instant now = clock.instant();
            Optional<VerifiedClaims> known =
                    genuine.find(digest).flatMap(token -> judgedAgain(digest, token, kind, now));
            return known.isPresent() ? known.get() : judged(jwt, digest, kind, now);
        } catch (InvalidSessionException e) {
            LOGGER.log(DEBUG, "Refused a {0}: {1}", kind.title(), e.reason().name());
            throw e;
        }
    }

    private VerifiedClaims judged(String jwt, TokenDigest digest, TokenKind kind, Instant now) {
        CompactToken token = CompactToken.parse(jwt, json); // (1)
        TokenHeader header = TokenHeader.judge(token.header(), rules.algorithms()); // (2)
        VerifiedClaims judged = claims.judge(token.claims(), kind, now); // (3)
        VerificationKey key = keyFor(header); // (4)
        requireSignature(token, key); // (5)
        genuine.remember(digest, new GenuineToken(header, token.claims(), judged.expiresAt(), key), now);
        return judged;
    }

    /** Empty if another key has that ID by now, so that the signature must be looked at again. */
    private Optional<VerifiedClaims> judgedAgain(TokenDigest digest, GenuineToken token, TokenKind kind, Instant now) {
        try {
            VerifiedClaims judged = claims.judge(token.claims(), kind, now); // (3)
            return keyFor(token.header()).equals(token.key()) ? Optional.of(judged) : Optional.empty(); // (4)
        } catch (InvalidSessionException e) {
            genuine.forget(digest);
            throw e;
        }
    }

    /** The one key of that exact ID; no other is ever tried. */
    private VerificationKey keyFor(TokenHeader header) {
        VerificationKey key = keys.find(header.keyId()).orElseThrow(() -> unknownKey(header));
        if (key.algorithm() != header.algorithm()) {
            throw new InvalidSessionException(
                    Reason.UNSUPPORTED_ALGORITHM,
                    "Expected a signature by " + key.algorithm() + ", as the key is for; came " + header.algorithm()
                            + ". Descope does not issue such a token: look where it comes from.");
        }
        return key;
    }

    private static InvalidSessionException unknownKey(TokenHeader header) {
        String keyId = header.keyId();
        LOGGER.log(DEBUG, "No key has the ID {0}", keyId.substring(0, Math.min(MAX_LOGGED_KEY_ID, keyId.length())));
        return new InvalidSessionException(
                Reason.UNKNOWN_KEY,
                "Expected a token signed by a key of the project; the key that this one names is not among them. It was"
                        + " withdrawn, or the token is of another project: sign in again.");
    }

    private static void requireSignature(CompactToken token, VerificationKey key) {
        if (!hasLengthAndRange(token.signature(), key) || !isSignedBy(key, token)) {
            throw new InvalidSessionException(
                    Reason.BAD_SIGNATURE,
                    "Expected the signature of the project's key; this one is not. The token was forged, or damaged on"
                            + " its way.");
        }
    }

    private static boolean hasLengthAndRange(byte[] signature, VerificationKey key) {
        if (key.publicKey() instanceof RSAPublicKey rsa) {
            return signature.length == (rsa.getModulus().bitLength() + 7) / 8;
        }
        return NamedCurve.of(key.algorithm()).isSignature(signature);
    }

    private static boolean isSignedBy(VerificationKey key, CompactToken token) {
        try {
            Signature verifier = Signature.getInstance(key.algorithm().platformName());
            verifier.initVerify(key.publicKey());
            verifier.update(token.text(), 0, token.signingInputLength());
            return verifier.verify(token.signature());
        } catch (SignatureException e) {
            return false; // the platform's way to say that these bytes are no signature
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw cannotVerify(key, e);
        }
    }

    private static KeysUnavailableException cannotVerify(VerificationKey key, GeneralSecurityException cause) {
        return new KeysUnavailableException(
                "This Java platform cannot verify " + key.algorithm() + " with the project's key. Look at its security"
                        + " providers and at jdk.certpath.disabledAlgorithms and its kin in java.security.",
                cause);
    }
}
