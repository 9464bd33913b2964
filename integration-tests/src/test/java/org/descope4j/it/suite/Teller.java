package org.descope4j.it.suite;

import org.descope4j.servlet.SignInDecision;
import org.descope4j.servlet.SignInHandler;
import org.descope4j.servlet.VerifiedSignIn;

/** The bank's say in who signs in to it; the shop has none. */
public final class Teller implements SignInHandler {
    /** For {@link java.util.ServiceLoader}. */
    public Teller() {}

    @Override
    public SignInDecision decide(VerifiedSignIn signIn) {
        return SignInDecision.accept().as("account of the bank");
    }
}
