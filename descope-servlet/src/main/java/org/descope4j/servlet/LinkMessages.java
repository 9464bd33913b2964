package org.descope4j.servlet;

/**
 * The application's say in the message that brings a link: its template, the template's values, its language, the connector that sends it,
 * and claims for the session that begins with it. Found as a provider of {@link java.util.ServiceLoader}; there may be one. Must be
 * thread-safe.
 *
 * <p>Without one, messages are those of the Descope project, in the language of the page on which the link was asked for.
 */
public interface LinkMessages {
    /**
     * Chooses the message for one link, just before Descope is asked to send it. It may run on another thread than the request's, so it
     * is handed values instead of the request.
     *
     * <p>Where this throws, returns {@code null}, or returns what Descope does not take for this purpose, no message is sent: the log
     * has an error and listeners get {@link SignInEvent.Kind#LINK_NOT_SENT} with
     * {@link SignInEvent.Reason#APPLICATION_FAILED}. The person is told the same as if it had been sent, since the failure may depend
     * on the account.
     *
     * @param link the link that somebody asked for; nothing is proven yet
     * @return the message; {@link LinkMessage#ofProject()} for the project's own
     */
    LinkMessage messageFor(WantedLink link);
}
