package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Any bytes as a key set. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeySetFuzzTest {

    private static final JsonWebKeys DOCUMENTS = new JsonWebKeys();

    @FuzzTest(maxDuration = "1m")
    void K1_J28_only_strong_keys_are_read(byte[] document) {
        try {
            Map<String, VerificationKey> keys = DOCUMENTS.read(document);

            assertThat(keys).allSatisfy(KeySetFuzzTest::assertStrong);
        } catch (KeysUnavailableException e) {
            assertThat(e).hasMessageStartingWith("Expected");
        }
    }

    private static void assertStrong(String id, VerificationKey key) {
        assertThat(key.id()).isEqualTo(id).matches("[!-~]{1,128}");
        if (key.publicKey() instanceof RSAPublicKey rsa) {
            assertThat(key.algorithm()).isEqualTo(SigningAlgorithm.RS256);
            assertThat(rsa.getModulus().bitLength()).isBetween(2048, 8192);
            assertThat(rsa.getModulus().testBit(0)).isTrue();
            assertThat(rsa.getPublicExponent()).isBetween(BigInteger.valueOf(65537), BigInteger.ONE.shiftLeft(64));
        } else {
            assertThat(key.algorithm()).isNotEqualTo(SigningAlgorithm.RS256);
            assertThat(isOnItsCurve((ECPublicKey) key.publicKey())).isTrue();
        }
    }

    private static boolean isOnItsCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        return y.pow(2)
                .subtract(x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()))
                .mod(prime)
                .equals(BigInteger.ZERO);
    }
}
