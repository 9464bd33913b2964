package org.descope4j.servlet;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often anybody in this JVM has an RSA signature checked, by the JDK's own provider. */
final class CountedSignatureChecks implements AutoCloseable {
    private static final String NAME = "CountedSignatureChecks";

    private final AtomicInteger checks = new AtomicInteger();

    private CountedSignatureChecks() {}

    static CountedSignatureChecks start() {
        CountedSignatureChecks counted = new CountedSignatureChecks();
        Security.insertProviderAt(new CountingProvider(counted.checks), 1);
        return counted;
    }

    int soFar() {
        return checks.get();
    }

    @Override
    public void close() {
        Security.removeProvider(NAME);
    }

    private static final class CountingProvider extends Provider {
        private static final long serialVersionUID = 1L;
        private static final String ALGORITHM = "SHA256withRSA";

        CountingProvider(AtomicInteger checks) {
            super(NAME, "1", "counts, and leaves the work to SunRsaSign");
            putService(new Service(this, "Signature", ALGORITHM, CountingSignature.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    try {
                        return new CountingSignature(Signature.getInstance(ALGORITHM, "SunRsaSign"), checks);
                    } catch (NoSuchProviderException e) {
                        throw new NoSuchAlgorithmException(e);
                    }
                }
            });
        }
    }

    private static final class CountingSignature extends SignatureSpi {
        private final Signature signature;
        private final AtomicInteger checks;

        CountingSignature(Signature signature, AtomicInteger checks) {
            this.signature = signature;
            this.checks = checks;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            signature.initVerify(key);
        }

        @Override
        protected boolean engineVerify(byte[] value) throws SignatureException {
            checks.incrementAndGet();
            return signature.verify(value);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            signature.initSign(key);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return signature.sign();
        }

        @Override
        protected void engineUpdate(byte value) throws SignatureException {
            signature.update(value);
        }

        @Override
        protected void engineUpdate(byte[] values, int offset, int length) throws SignatureException {
            signature.update(values, offset, length);
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
