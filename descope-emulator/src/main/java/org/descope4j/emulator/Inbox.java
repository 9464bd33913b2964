package org.descope4j.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * The messages the emulator would have sent, newest first. Safe for use by several threads.
 *
 * <p>It keeps the newest 10,000, so that a load test cannot fill the memory.
 */
public final class Inbox {
    static final int CAPACITY = 10_000;

    private final Deque<Message> newestFirst = new ArrayDeque<>();

    Inbox() {}

    /**
     * All messages.
     *
     * @return a snapshot, newest first
     */
    public synchronized List<Message> messages() {
        return List.copyOf(newestFirst);
    }

    /**
     * The messages to one person.
     *
     * @param to the e-mail address (in any case) or phone number (with or without punctuation)
     * @return a snapshot, newest first
     */
    public List<Message> messages(String to) {
        String address = LoginId.of(Objects.requireNonNull(to, "to")).value();
        return messages().stream()
                .filter(message -> message.to().equals(address))
                .toList();
    }

    /**
     * The newest message to one person.
     *
     * @param to the e-mail address (in any case) or phone number (with or without punctuation)
     * @return the newest message
     * @throws NoSuchElementException when none was sent
     */
    public Message latest(String to) {
        return messages(to).stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("No message was sent to " + to + "; the inbox holds "
                        + messages().size() + " to others"));
    }

    synchronized void deliver(Message message) {
        newestFirst.addFirst(message);
        if (newestFirst.size() > CAPACITY) {
            newestFirst.removeLast();
        }
    }

    synchronized void clear() {
        newestFirst.clear();
    }
}
