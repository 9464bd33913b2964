package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerificationKeyTest {

    private static final SigningKey RSA = SigningKey.generate("SKrsa", SigningAlgorithm.RS256);
    private static final SigningKey ELLIPTIC = SigningKey.generate("SKec", SigningAlgorithm.ES256);

    @ParameterizedTest
    @CsvSource({"2047, false", "2048, true", "8192, true", "8193, false"})
    void J28_an_rsa_key_has_2048_to_8192_bits(int bits, boolean isAccepted) throws Exception {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);

        assertAccepted(isAccepted, rsaKey(modulus, BigInteger.valueOf(65537)));
    }

    @ParameterizedTest
    @CsvSource({"3, false", "65535, false", "65536, false", "65537, true", "65538, false", "18446744073709551615, true"
    })
    void J28_an_exponent_is_an_odd_number_from_65537_to_64_bits(BigInteger exponent, boolean isAccepted)
            throws Exception {
        BigInteger modulus = ((RSAPublicKey) RSA.pair().getPublic()).getModulus();

        assertAccepted(isAccepted, rsaKey(modulus, exponent));
    }

    @Test
    void J28_a_point_is_on_the_curve_of_its_algorithm() throws Exception {
        ECPublicKey key = (ECPublicKey) ELLIPTIC.pair().getPublic();
        ECPoint off = new ECPoint(key.getW().getAffineX().flipBit(0), key.getW().getAffineY());
        PublicKey offCurve = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(off, key.getParams()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey("SK", SigningAlgorithm.ES256, offCurve));
        assertThatIllegalArgumentException().isThrownBy(() -> new VerificationKey("SK", SigningAlgorithm.ES384, key));
    }

    @Test
    void J3_a_key_is_of_the_type_of_its_algorithm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(
                        "SK", SigningAlgorithm.ES256, RSA.pair().getPublic()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(
                        "SK", SigningAlgorithm.RS256, ELLIPTIC.pair().getPublic()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\r\nb", "\u05d0", "${x}"})
    void J4_a_key_id_holds_nothing_that_could_be_misread(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(
                        id, SigningAlgorithm.RS256, RSA.pair().getPublic()));
    }

    @Test
    void a_key_names_itself_without_its_value() {
        assertThat(RSA.verificationKey()).hasToString("VerificationKey[id=SKrsa, algorithm=RS256]");
    }

    private static void assertAccepted(boolean isAccepted, PublicKey key) {
        if (isAccepted) {
            assertThat(new VerificationKey("SK", SigningAlgorithm.RS256, key).publicKey())
                    .isEqualTo(key);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new VerificationKey("SK", SigningAlgorithm.RS256, key));
        }
    }

    private static PublicKey rsaKey(BigInteger modulus, BigInteger exponent) throws Exception {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }
}
