package org.descope4j.servlet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a run under load counts. Safe for use by several threads. */
final class LoadFacts {
    private final Map<String, AtomicInteger> counts = new ConcurrentSkipListMap<>();
    private final Map<String, List<Long>> freePages = new ConcurrentSkipListMap<>();

    void count(Answer answer, String subject) {
        add("answers with status " + answer.status());
        if (answer.body().contains("principal=")
                && !answer.body().contains("principal=none")
                && !answer.body().contains("principal=" + subject + " ")) {
            add("wrong identities");
        }
    }

    void signedOut() {
        add("sign-outs");
    }

    void signedInAfterSignOut() {
        add("signed in after a sign-out");
    }

    void longChain() {
        add("redirect chains over 4");
    }

    void signedOutByNobody() {
        add("sign-outs that nobody asked for");
    }

    void lostWithAnswer() {
        add("sessions lost with an answer of Descope");
    }

    void freePage(String whileDescope, long nanos) {
        freePages
                .computeIfAbsent(whileDescope, unknown -> Collections.synchronizedList(new ArrayList<>()))
                .add(nanos);
    }

    private void add(String what) {
        counts.computeIfAbsent(what, unknown -> new AtomicInteger()).incrementAndGet();
    }

    int of(String what) {
        return counts.getOrDefault(what, new AtomicInteger()).get();
    }

    /** In milliseconds; the slowest of a hundred. */
    long slowestFreePage(String whileDescope) {
        List<Long> sorted = freePages.getOrDefault(whileDescope, List.of()).stream()
                .sorted()
                .toList();
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() * 99 - 1) / 100) / 1_000_000;
    }

    /** A line for each. */
    String table() {
        StringBuilder table = new StringBuilder();
        counts.forEach((what, times) -> table.append(String.format("%n  %-44s %8d", what, times.get())));
        freePages
                .keySet()
                .forEach(state -> table.append(String.format(
                        "%n  %-44s %8d ms", "free pages, p99, Descope " + state, slowestFreePage(state))));
        return table.toString();
    }
}
