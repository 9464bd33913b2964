package org.descope4j;

import static java.util.Objects.requireNonNull;

/**
 * Descope's word that a link is on its way.
 *
 * @param deliveryMethod how it travels
 * @param maskedRecipient where to, as Descope masks it, such as {@code a***@example.com}; empty where Descope did not say.
 *     Not for display before sign-in: it may show an address that the person at the browser did not type.
 */
public record LinkSent(DeliveryMethod deliveryMethod, String maskedRecipient) {
    /**
     * Checks that both are there.
     *
     * @param deliveryMethod how it travels
     * @param maskedRecipient where to
     * @throws NullPointerException if one is missing
     */
    public LinkSent {
        requireNonNull(deliveryMethod, "deliveryMethod");
        requireNonNull(maskedRecipient, "maskedRecipient");
    }
}
