package org.descope4j.session;

/** Says that bytes are not one strict JSON object; the message names what they are instead and quotes nothing. */
final class NotStrictJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String whatCame;

    NotStrictJsonException(String whatCame) {
        super(whatCame, null, false, false);
        this.whatCame = whatCame;
    }

    String whatCame() {
        return whatCame;
    }
}
