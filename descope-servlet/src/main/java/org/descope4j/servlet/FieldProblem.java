package org.descope4j.servlet;

import org.descope4j.DeliveryMethod;

/** What can be wrong with a login ID, or with a detail on the sign-up page. */
enum FieldProblem {
    NONE("none"),
    MISSING("missing"),
    NOT_AN_EMAIL_ADDRESS("not-an-email-address"),
    NOT_A_PHONE_NUMBER("not-a-phone-number"),
    /** A detail that the application needs. */
    FIELD_MISSING("field-missing"),
    TOO_LONG("too-long"),
    NOT_ALLOWED("not-allowed");

    private final String key;

    FieldProblem(String key) {
        this.key = key;
    }

    /** Of what is no login ID for that method. */
    static FieldProblem of(DeliveryMethod deliveryMethod, String typed) {
        if (typed.isBlank()) {
            return MISSING;
        }
        return deliveryMethod == DeliveryMethod.EMAIL ? NOT_AN_EMAIL_ADDRESS : NOT_A_PHONE_NUMBER;
    }

    String key() {
        return key;
    }
}
