package org.descope4j;

import java.util.Arrays;
import java.util.Optional;

/** How a magic link reaches its recipient. */
public enum DeliveryMethod {
    /** By e-mail; the login ID is an e-mail address. */
    EMAIL("email"),
    /** By text message; the login ID is a phone number in E.164 form, such as {@code +4915112345678}. */
    SMS("sms"),
    /** By WhatsApp message; the login ID is a phone number in E.164 form. */
    WHATSAPP("whatsapp");

    private final String pathSegment;

    DeliveryMethod(String pathSegment) {
        this.pathSegment = pathSegment;
    }

    /**
     * Looks a method up by its name on the wire.
     *
     * @param pathSegment such as {@code email}
     * @return absent for anything but the exact name of one
     */
    public static Optional<DeliveryMethod> find(String pathSegment) {
        return Arrays.stream(values())
                .filter(method -> method.pathSegment.equals(pathSegment))
                .findFirst();
    }

    /**
     * The method's name on the wire: last segment of Descope's paths, and the value of the form field
     * {@code deliveryMethod}.
     *
     * @return {@code email}, {@code sms} or {@code whatsapp}
     */
    public String pathSegment() {
        return pathSegment;
    }
}
