package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Who signed in when. Safe for use by several threads. It keeps the newest 10,000. */
final class SignInHistory {
    private static final int CAPACITY = 10_000;
    private static final String UNKNOWN_PLACE = "";

    private final Deque<Entry> newestFirst = new ArrayDeque<>();

    /** One sign-in. The tenant is empty when none was selected. */
    record Entry(String userId, Instant at, String address, String selectedTenant) {

        JsonObject json() {
            return Json.object()
                    .add("userId", userId)
                    .add("loginTime", at.getEpochSecond())
                    .add("city", UNKNOWN_PLACE)
                    .add("country", UNKNOWN_PLACE)
                    .add("ip", address)
                    .add("selectedTenant", selectedTenant)
                    .build();
        }
    }

    synchronized void note(Entry entry) {
        newestFirst.addFirst(entry);
        if (newestFirst.size() > CAPACITY) {
            newestFirst.removeLast();
        }
    }

    /** The sign-ins of one user, newest first. */
    synchronized List<Entry> of(String userId) {
        return newestFirst.stream()
                .filter(entry -> entry.userId().equals(userId))
                .toList();
    }

    synchronized void clear() {
        newestFirst.clear();
    }
}
