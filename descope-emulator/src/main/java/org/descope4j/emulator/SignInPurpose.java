package org.descope4j.emulator;

/** Signs a user in, whose address is proven by the link having reached it. */
record SignInPurpose(String userId, DeliveryMethod method) implements LinkPurpose {

    @Override
    public Arrival redeem(Users users) {
        return users.noteSignIn(userId, user -> user.signedInBy(method));
    }
}
