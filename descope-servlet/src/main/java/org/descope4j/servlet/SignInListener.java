package org.descope4j.servlet;

/**
 * Hears what happens while people sign in: for an audit log, metrics, an alarm. Found as a provider of
 * {@link java.util.ServiceLoader}; called on the thread of the request, but on one of ours about links that are sent, which may be after the
 * request was answered; so it must be quick and thread-safe, and look for nothing of the request. What it throws, errors
 * too, is logged and changes nothing.
 */
@FunctionalInterface
public interface SignInListener {
    /**
     * Something happened.
     *
     * @param event without secrets, and without login IDs
     */
    void onEvent(SignInEvent event);
}
