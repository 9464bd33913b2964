package org.descope4j.servlet;

import java.util.List;
import org.descope4j.DeliveryMethod;

/** How the field for the login ID asks: for an e-mail address, for a phone number, or, without script, for either. */
enum PageLoginField {
    EMAIL("email", "email", "email"),
    PHONE("tel", "tel", "tel"),
    EITHER("text", "email", "username");

    private final String type;
    private final String inputMode;
    private final String autocomplete;

    PageLoginField(String type, String inputMode, String autocomplete) {
        this.type = type;
        this.inputMode = inputMode;
        this.autocomplete = autocomplete;
    }

    static PageLoginField forMethods(List<DeliveryMethod> offered) {
        if (!offered.contains(DeliveryMethod.EMAIL)) {
            return PHONE;
        }
        return offered.size() == 1 ? EMAIL : EITHER;
    }

    String type() {
        return type;
    }

    String inputMode() {
        return inputMode;
    }

    String autocomplete() {
        return autocomplete;
    }

    String label() {
        return "login-id.label." + key();
    }

    String hint() {
        return "login-id.hint." + key();
    }

    private String key() {
        return switch (this) {
            case EMAIL -> "email";
            case PHONE -> "phone";
            case EITHER -> "either";
        };
    }
}
