package org.descope4j.emulator;

/** What happens when a link is redeemed. */
@FunctionalInterface
interface LinkPurpose {
    Arrival redeem(Users users);
}
