package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
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
 * Has Descope send a link, within the limits, once for a double click. The person is told the same whether it was sent or refused, at the
 * same time (S1); what concerns everybody, such as Descope being out of reach, they are told if it is known by then. Thread-safe.
 */
final class LinkOrder {
    private static final Logger LOG = System.getLogger(LinkOrder.class.getName());

    private final SessionValidator validator;
    private final PublicUrl publicUrl;
    private final SendingLimits limits;
    private final LinkCourier courier;
    private final DoubleClicks<Placement> doubleClicks;
    private final Journal journal;
    private final Repetitions repetitions;
    private final Endpoint our;

    LinkOrder(
            SessionValidator validator,
            PublicUrl publicUrl,
            SendingLimits limits,
            LinkCourier courier,
            Clock clock,
            Journal journal,
            Repetitions repetitions,
            Endpoint our) {
        this.validator = validator;
        this.publicUrl = publicUrl;
        this.limits = limits;
        this.courier = courier;
        this.doubleClicks = new DoubleClicks<>(clock);
        this.journal = journal;
        this.repetitions = repetitions;
        this.our = our;
    }

    /**
     * A link that is wanted.
     *
     * @param deliveryMethod how it travels
     * @param recipient to whom
     * @param path where it leads, below the context path
     * @param retryPath of the form, for who has to try again
     * @param binding for the cookie of the browser that asks; empty for a link that needs none
     */
    record Wanted(DeliveryMethod deliveryMethod, LoginId recipient, String path, String retryPath, String binding) {
        /** Personal data and a secret: never in a log. */
        @Override
        public String toString() {
            return "Wanted[" + deliveryMethod + "]";
        }
    }

    /** The call of Descope that sends it. It is made in another thread, when the request may be over: it must not touch the request. */
    @FunctionalInterface
    interface Call {
        void send(URI redirectUri);
    }

    /** What a wish came to, for the click that made it and those that followed it. */
    private record Placement(Wanted wanted, Outcome outcome) {
        boolean isSent() {
            return outcome instanceof Sent;
        }
    }

    private sealed interface Outcome {}

    /** Or refused for a reason that is nobody's business, or not known yet. */
    private record Sent() implements Outcome {}

    private record TooMany(Duration retryAfter, String reference) implements Outcome {}

    private record Unavailable(String reference) implements Outcome {}

    /**
     * Has it sent.
     *
     * @return the link for which the person is to look into their inbox, which on a double click is the first one; empty where they have
     *     been told something else
     */
    Optional<Wanted> place(HttpServletRequest request, HttpServletResponse response, Wanted wanted, Call call)
            throws IOException {
        Optional<LinkCourier.Place> free = courier.tryEnter();
        if (free.isEmpty()) {
            answer(request, response, wanted, busy(clientOf(request)));
            return Optional.empty();
        }
        Optional<Placement> placement;
        try (LinkCourier.Place place = free.get()) {
            placement = doubleClicks.once(
                    browser(request),
                    what(request, wanted),
                    () -> new Placement(wanted, outcome(request, wanted, call, place)),
                    Placement::isSent);
        }
        if (placement.isPresent() && placement.get().isSent()) {
            return Optional.of(placement.get().wanted());
        }
        Outcome told = placement
                .map(Placement::outcome)
                .orElseGet(() -> tooMany(clientOf(request), Reason.TOO_MANY_HERE, DoubleClicks.KEPT));
        answer(request, response, wanted, told);
        return Optional.empty();
    }

    /** The browser is shown the form anew: what it asks for next is meant, and no double click. */
    void startAnew(HttpServletRequest request) {
        doubleClicks.startAnew(browser(request));
    }

    private Outcome outcome(HttpServletRequest request, Wanted wanted, Call call, LinkCourier.Place place) {
        String client = clientOf(request);
        Optional<URI> redirectUri = publicUrl.resolve(request, wanted.path());
        if (redirectUri.isEmpty()) {
            repetitions.log(
                    LOG,
                    Level.ERROR,
                    "No link can be sent for a request that is not to this machine: set descope.public-url to where browsers"
                            + " reach the application");
            return unavailable(client, Reason.PUBLIC_URL_MISSING);
        }
        if (!place.tryReserve()) {
            return busy(client);
        }
        try {
            Optional<Duration> wait = limits.tryCount(request, wanted.recipient());
            if (wait.isPresent()) {
                return tooMany(client, Reason.TOO_MANY_HERE, wait.get());
            }
        } catch (ApplicationCode.FailedException e) {
            return unavailable(client, Reason.APPLICATION_FAILED);
        }
        return place.carry(() -> carried(client, wanted, redirectUri.get(), call), new Sent())
                .orElseGet(() -> busy(client));
    }

    /** Runs beside the request, of which only what was read before is known here. */
    private Outcome carried(String client, Wanted wanted, URI redirectUri, Call call) {
        if (!limits.serves(wanted.deliveryMethod(), wanted.recipient())) {
            // the same answer as for a link that was sent: what is served is nobody's business who tries numbers out
            journal.note(client, Kind.LINK_NOT_SENT, Reason.COUNTRY_NOT_SERVED, "");
            return new Sent();
        }
        try {
            // a link that could not be judged when it comes back is not worth sending; so is one of a project that is
            // not there
            validator.requireKeys();
            call.send(redirectUri);
            journal.note(
                    client, Kind.LINK_SENT, Reason.NONE, wanted.deliveryMethod().pathSegment());
            return new Sent();
        } catch (NoMessageException e) {
            // the same answer as for a link that was sent: it may fail for some accounts only (S1)
            LOG.log(Level.ERROR, "No link was sent, since the LinkMessages of the application failed", e.getCause());
            journal.note(client, Kind.LINK_NOT_SENT, Reason.APPLICATION_FAILED, "");
            return new Sent();
        } catch (RefusedByDescopeException e) {
            // the same answer as for a link that was sent: a disabled account must not be told from another (S1)
            // each error code is a kind of its own: addresses without an account must not hide what is wrong for
            // everybody
            repetitions.log(
                    LOG,
                    Level.WARNING,
                    "Descope refused to send a link: " + e.errorCode()
                            + "; if it is so for every user, check that {0} is an approved domain of the project",
                    redirectUri.getHost());
            journal.note(client, Kind.LINK_NOT_SENT, Reason.REFUSED_BY_DESCOPE, e.errorCode());
            return new Sent();
        } catch (RateLimitedException e) {
            // by server and project, so everybody's
            return tooMany(client, Reason.TOO_MANY_AT_DESCOPE, e.retryAfter());
        } catch (DescopeUnavailableException | KeysUnavailableException e) {
            repetitions.log(LOG, Level.WARNING, "No link was sent: {0}", e.getMessage());
            return unavailable(client, Reason.DESCOPE_UNAVAILABLE);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Wanted wanted, Outcome told)
            throws IOException {
        if (told instanceof TooMany tooMany) {
            our.tooManyRequests(request, response, tooMany.retryAfter(), tooMany.reference());
        } else if (told instanceof Unavailable unavailable) {
            our.writer().write(request, response, our.pages().unavailable(wanted.retryPath(), unavailable.reference()));
        }
    }

    private Outcome tooMany(String client, Reason reason, Duration wait) {
        return new TooMany(wait, journal.note(client, Kind.LIMITED, reason, ""));
    }

    private Outcome unavailable(String client, Reason reason) {
        return new Unavailable(journal.note(client, Kind.LINK_NOT_SENT, reason, ""));
    }

    private Outcome busy(String client) {
        return unavailable(client, Reason.TOO_MANY_AT_ONCE);
    }

    private String clientOf(HttpServletRequest request) {
        return journal.clientOf(request);
    }

    /**
     * The browser, by its half of the CSRF pair. One that has none, since the application's form is a file, is known by its address and name
     * only; whoever shares both and asks for the same, shares an answer that is of use to the recipient alone.
     */
    private String browser(HttpServletRequest request) {
        String csrf = String.join(",", our.cookies().csrf(request));
        return csrf.isEmpty() ? clientOf(request) + " " + request.getHeader("User-Agent") : csrf;
    }

    private static String what(HttpServletRequest request, Wanted wanted) {
        return String.join(
                "\n",
                RequestPath.of(request),
                wanted.deliveryMethod().pathSegment(),
                LoginId.normalised(wanted.recipient().value()),
                wanted.retryPath());
    }
}
