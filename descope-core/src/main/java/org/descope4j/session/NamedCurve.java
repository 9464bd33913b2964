package org.descope4j.session;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/** An elliptic curve of RFC 7518, section 6.2.1.1, with the arithmetic that the platform may have left out. */
final class NamedCurve {
    private static final NamedCurve P256 = new NamedCurve("P-256", "secp256r1", 32);
    private static final NamedCurve P384 = new NamedCurve("P-384", "secp384r1", 48);

    private final String jwkName;
    private final int coordinateBytes;
    private final ECParameterSpec parameters;

    private NamedCurve(String jwkName, String platformName, int coordinateBytes) {
        this.jwkName = jwkName;
        this.coordinateBytes = coordinateBytes;
        this.parameters = parametersOf(platformName);
    }

    static NamedCurve of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> P256;
            case ES384 -> P384;
            case RS256 -> throw new IllegalArgumentException("RS256 has no curve");
        };
    }

    String jwkName() {
        return jwkName;
    }

    int coordinateBytes() {
        return coordinateBytes;
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    /** Tells whether the key belongs to this curve and its point is on it: y^2 = x^3 + ax + b mod p. */
    boolean holds(ECPublicKey key) {
        ECPoint point = key.getW();
        return sameCurve(key.getParams()) && !point.equals(ECPoint.POINT_INFINITY) && isOnCurve(point);
    }

    /** Tells whether both halves of a signature are in 1..n-1: a platform may forget to look (CVE-2022-21449). */
    boolean isSignature(byte[] signature) {
        return signature.length == 2 * coordinateBytes
                && isScalar(new BigInteger(1, signature, 0, coordinateBytes))
                && isScalar(new BigInteger(1, signature, coordinateBytes, coordinateBytes));
    }

    private boolean isScalar(BigInteger value) {
        return value.signum() > 0 && value.compareTo(parameters.getOrder()) < 0;
    }

    private boolean sameCurve(ECParameterSpec other) {
        return parameters.getCurve().equals(other.getCurve())
                && parameters.getGenerator().equals(other.getGenerator())
                && parameters.getOrder().equals(other.getOrder())
                && parameters.getCofactor() == other.getCofactor();
    }

    private boolean isOnCurve(ECPoint point) {
        BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.signum() < 0 || y.signum() < 0 || x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB())
                .mod(prime);
        return y.multiply(y).mod(prime).equals(right);
    }

    private static ECParameterSpec parametersOf(String platformName) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(platformName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform does not know the curve " + platformName, e);
        }
    }
}
