package org.descope4j.emulator;

/** A new e-mail address or phone number of a user, to be set once the link to it was redeemed. */
record AddressChange(
        String userId,
        DeliveryMethod method,
        LoginId address,
        boolean addsLoginId,
        boolean keepsExistingUser,
        boolean failsOnConflict)
        implements LinkPurpose {

    static AddressChange of(Body body, DeliveryMethod method, String userId) {
        body.flag("crossDevice");
        return new AddressChange(
                userId,
                method,
                method.parse(body.text(method.fieldName()).orElse("")),
                body.flag("addToLoginIDs"),
                body.flag("onMergeUseExisting"),
                body.flag("failOnConflict"));
    }

    @Override
    public Arrival redeem(Users users) {
        return users.change(this);
    }

    NewUser applyTo(NewUser profile) {
        NewUser.Builder changed = profile.toBuilder();
        if (addsLoginId) {
            changed.loginId(address.value());
        }
        return method == DeliveryMethod.EMAIL
                ? changed.email(address.value()).build()
                : changed.phone(address.value()).build();
    }
}
