package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.SessionValidator;

/**
 * Has Descope send a link, within the limits. The person is told the same whether it was sent or refused (S1). Thread-safe.
 */
final class LinkOrder {
    private static final Logger LOG = System.getLogger(LinkOrder.class.getName());

    private final SessionValidator validator;
    private final PublicUrl publicUrl;
    private final SendingLimits limits;
    private final Journal journal;
    private final Endpoint our;

    LinkOrder(SessionValidator validator, PublicUrl publicUrl, SendingLimits limits, Journal journal, Endpoint our) {
        this.validator = validator;
        this.publicUrl = publicUrl;
        this.limits = limits;
        this.journal = journal;
        this.our = our;
    }

    /**
     * A link that is wanted.
     *
     * @param deliveryMethod how it travels
     * @param recipient to whom
     * @param path where it leads, below the context path
     * @param retryPath of the form, for who has to try again
     */
    record Wanted(DeliveryMethod deliveryMethod, LoginId recipient, String path, String retryPath) {
        /** Personal data and a secret: never in a log. */
        @Override
        public String toString() {
            return "Wanted[" + deliveryMethod + "]";
        }
    }

    /** The call of Descope that sends it. */
    @FunctionalInterface
    interface Call {
        void send(URI redirectUri);
    }

    /** Whether the person is to look into their inbox; otherwise they have been told something else. */
    boolean place(HttpServletRequest request, HttpServletResponse response, Wanted wanted, Call call)
            throws IOException {
        Optional<Duration> wait;
        try {
            wait = limits.tryCount(request, wanted.recipient());
        } catch (ApplicationCode.FailedException e) {
            unavailable(request, response, Reason.APPLICATION_FAILED, wanted);
            return false;
        }
        if (wait.isPresent()) {
            String reference = journal.note(request, Kind.LIMITED, Reason.TOO_MANY_HERE, "");
            our.tooManyRequests(request, response, wait.get(), reference);
            return false;
        }
        Optional<URI> redirectUri = publicUrl.resolve(request, wanted.path());
        if (redirectUri.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "No link can be sent for a request that is not to this machine: set descope.public-url to where browsers"
                            + " reach the application");
            unavailable(request, response, Reason.PUBLIC_URL_MISSING, wanted);
            return false;
        }
        if (!limits.serves(wanted.deliveryMethod(), wanted.recipient())) {
            // the same answer as for a link that was sent: what is served is nobody's business who tries numbers out
            journal.note(request, Kind.LINK_NOT_SENT, Reason.COUNTRY_NOT_SERVED, "");
            return true;
        }
        return isAskedFor(request, response, wanted, redirectUri.get(), call);
    }

    private boolean isAskedFor(
            HttpServletRequest request, HttpServletResponse response, Wanted wanted, URI redirectUri, Call call)
            throws IOException {
        try {
            // a link that could not be judged when it comes back is not worth sending; so is one of a project that is
            // not there
            validator.requireKeys();
            call.send(redirectUri);
            journal.note(
                    request,
                    Kind.LINK_SENT,
                    Reason.NONE,
                    wanted.deliveryMethod().pathSegment());
        } catch (NoMessageException e) {
            // the same answer as for a link that was sent: it may fail for some accounts only (S1)
            LOG.log(Level.ERROR, "No link was sent, since the LinkMessages of the application failed", e.getCause());
            journal.note(request, Kind.LINK_NOT_SENT, Reason.APPLICATION_FAILED, "");
        } catch (RefusedByDescopeException e) {
            // the same answer as for a link that was sent: a disabled account must not be told from another (S1)
            LOG.log(
                    Level.WARNING,
                    "Descope refused to send a link: {0}; if it is so for every user, check that {1} is an approved domain of"
                            + " the project",
                    e.errorCode(),
                    redirectUri.getHost());
            journal.note(request, Kind.LINK_NOT_SENT, Reason.REFUSED_BY_DESCOPE, e.errorCode());
        } catch (RateLimitedException e) {
            String reference = journal.note(request, Kind.LIMITED, Reason.TOO_MANY_AT_DESCOPE, "");
            our.tooManyRequests(request, response, e.retryAfter(), reference);
            return false;
        } catch (DescopeUnavailableException | KeysUnavailableException e) {
            LOG.log(Level.WARNING, "No link was sent: {0}", e.getMessage());
            unavailable(request, response, Reason.DESCOPE_UNAVAILABLE, wanted);
            return false;
        }
        return true;
    }

    private void unavailable(HttpServletRequest request, HttpServletResponse response, Reason reason, Wanted wanted)
            throws IOException {
        String reference = journal.note(request, Kind.LINK_NOT_SENT, reason, "");
        our.writer().write(request, response, our.pages().unavailable(wanted.retryPath(), reference));
    }
}
