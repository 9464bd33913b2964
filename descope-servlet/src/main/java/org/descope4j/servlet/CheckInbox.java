package org.descope4j.servlet;

import java.time.Duration;
import org.descope4j.DeliveryMethod;

/**
 * What "check your inbox" shows. Immutable.
 *
 * @param deliveryMethod how the link travels
 * @param account to whom, masked
 * @param sentAgain whether this is not the first link
 * @param reloads whether the page looks by itself whether the link was opened
 * @param togglePath the page that does not, or the page that does
 * @param resend the form that has another link sent
 * @param resendIn how long until it may be used; zero or less: now
 * @param signInPath where another account can be named
 */
record CheckInbox(
        DeliveryMethod deliveryMethod,
        String account,
        boolean sentAgain,
        boolean reloads,
        String togglePath,
        PageForm resend,
        Duration resendIn,
        String signInPath) {

    boolean maySendAgain() {
        return resendIn.isZero() || resendIn.isNegative();
    }

    @Override
    public String toString() {
        return "CheckInbox[" + deliveryMethod + "]";
    }
}
