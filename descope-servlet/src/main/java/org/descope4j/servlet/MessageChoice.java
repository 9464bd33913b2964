package org.descope4j.servlet;

import java.util.function.Function;

/** Asks the application for the message of a link, and keeps what goes wrong there apart from what Descope says. Thread-safe. */
final class MessageChoice {
    private final LinkMessages messages;
    private final ClassLoader application;

    /** @param application its class loader, which its code may expect to find with any thread */
    MessageChoice(LinkMessages messages, ClassLoader application) {
        this.messages = messages;
        this.application = application;
    }

    /**
     * Makes options for Descope of what the application chose.
     *
     * @throws NoMessageException if it chose nothing, or nothing that can be sent
     */
    <O> O choose(WantedLink wanted, Function<LinkMessage, O> options) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            LinkMessage message = ApplicationCode.ask("LinkMessages.messageFor", () -> messages.messageFor(wanted));
            return options.apply(message);
        } catch (RuntimeException e) {
            // the application's own code, on the border to ours: whatever it threw, and what no options can be made of
            throw new NoMessageException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
