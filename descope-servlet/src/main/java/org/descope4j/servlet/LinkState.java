package org.descope4j.servlet;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known about a link that came back, before its token is redeemed.
 *
 * @param state as it stands in the link; empty where it says nothing
 * @param pending who asked for what; empty where the link does not say
 * @param returnTo where to go afterwards; empty for the default page
 * @param sameBrowser whether this is the browser that asked for it
 * @param belongsTo whether the link was asked for this login ID
 */
record LinkState(
        String state,
        Optional<PendingSignIn> pending,
        String returnTo,
        boolean sameBrowser,
        Predicate<String> belongsTo) {
    /** A link without a state of ours: made elsewhere, sealed by a secret we no longer have, or cut short. It claims nothing. */
    static final LinkState UNKNOWN = new LinkState("", Optional.empty(), "", false, loginId -> true);

    /** Whether a page can name the account before anybody clicks. */
    boolean namesAccount() {
        return pending.isPresent();
    }

    /** Whether this is a link of ours, and for that login ID. */
    boolean isFor(String loginId) {
        return !state.isEmpty() && belongsTo.test(loginId);
    }

    /** The login ID of the signed-in user that this link was asked for; empty means that state and token do not belong together. */
    Optional<String> loginIdAmong(Collection<String> loginIds) {
        return loginIds.stream().filter(belongsTo).findFirst();
    }
}
