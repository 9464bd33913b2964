package org.descope4j.it.suite;

import org.descope4j.servlet.SignInDecision;
import org.descope4j.servlet.SignInHandler;
import org.descope4j.servlet.VerifiedSignIn;

/** Lets nobody in. */
public final class Doorman implements SignInHandler {
    /** For {@link java.util.ServiceLoader}. */
    public Doorman() {}

    @Override
    public SignInDecision decide(VerifiedSignIn signIn) {
        return SignInDecision.refuse("not here");
    }
}
