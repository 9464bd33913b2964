package org.descope4j.servlet;

/** What can be wrong with a login ID. */
enum FieldProblem {
    NONE("none"),
    MISSING("missing"),
    NOT_AN_EMAIL_ADDRESS("not-an-email-address"),
    NOT_A_PHONE_NUMBER("not-a-phone-number");

    private final String key;

    FieldProblem(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
