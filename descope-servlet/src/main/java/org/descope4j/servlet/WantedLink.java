package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.descope4j.DeliveryMethod;

/**
 * A link that somebody asked for. Nothing of it is proven: whoever opened the page typed it. Immutable.
 */
public final class WantedLink {
    /** What the link is for. */
    public enum Purpose {
        /**
         * Signing in at the sign-in page; with {@code descope.registration=open} and without a sign-up page, Descope makes an account
         * where there is none.
         */
        SIGN_IN,
        /** A new account, asked for at the sign-up page. If the account exists, a link to sign in is asked for instead. */
        SIGN_UP,
        /** A signed-in user proves once more who they are. */
        STEP_UP,
        /** A signed-in user changes an address; the link goes to the new one. */
        UPDATE
    }

    private final Purpose purpose;
    private final DeliveryMethod deliveryMethod;
    private final String loginId;
    private final String language;
    private final String host;
    private final Map<String, String> details;

    WantedLink(
            Purpose purpose,
            DeliveryMethod deliveryMethod,
            String loginId,
            String language,
            String host,
            Map<String, String> details) {
        this.purpose = requireNonNull(purpose, "purpose");
        this.deliveryMethod = requireNonNull(deliveryMethod, "deliveryMethod");
        this.loginId = requireNonNull(loginId, "loginId");
        this.language = requireNonNull(language, "language");
        this.host = requireNonNull(host, "host");
        this.details = Map.copyOf(details);
    }

    /** The same account, which is there already. */
    WantedLink forExistingAccount() {
        return new WantedLink(Purpose.SIGN_IN, deliveryMethod, loginId, language, host, Map.of());
    }

    /**
     * What it is for.
     *
     * @return the purpose
     */
    public Purpose purpose() {
        return purpose;
    }

    /**
     * How it travels.
     *
     * @return the delivery method
     */
    public DeliveryMethod deliveryMethod() {
        return deliveryMethod;
    }

    /**
     * The e-mail address or phone number that it goes to.
     *
     * @return personal data
     */
    public String loginId() {
        return loginId;
    }

    /**
     * The language of the page on which it was asked for, one of {@code descope.languages}.
     *
     * @return a language tag such as {@code de} or {@code pt-BR}
     */
    public String language() {
        return language;
    }

    /**
     * The host name in the browser's request, which tells the sites of one application apart. A program can send any name: choose
     * from a list by it, and put it into no message.
     *
     * @return such as {@code shop.example.com}
     */
    public String host() {
        return host;
    }

    /**
     * What the sign-up page asked for beside the login ID, by the names of {@code descope.sign-up-fields}; for
     * {@link Purpose#SIGN_UP} only.
     *
     * @return without those that were left empty
     */
    public Map<String, String> details() {
        return details;
    }

    /** Personal data: never in a log. */
    @Override
    public String toString() {
        return "WantedLink[" + purpose + " by " + deliveryMethod + "]";
    }
}
