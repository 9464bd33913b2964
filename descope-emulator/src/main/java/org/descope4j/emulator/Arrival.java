package org.descope4j.emulator;

import java.util.List;

/** Who stands there after a link was redeemed, and which users are no more because they were merged with that one. */
record Arrival(User user, boolean isFirstSeen, List<String> mergedUserIds) {
    Arrival {
        mergedUserIds = List.copyOf(mergedUserIds);
    }

    static Arrival of(User user, boolean isFirstSeen) {
        return new Arrival(user, isFirstSeen, List.of());
    }
}
