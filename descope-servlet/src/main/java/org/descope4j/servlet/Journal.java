package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.descope4j.servlet.SignInEvent.AddressChange;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;

/**
 * Notes what happens: one line in the log and one event for the application's listeners, under one reference, which the page shows
 * too. Thread-safe.
 */
final class Journal {
    private static final Logger LOG = System.getLogger(Journal.class.getName());
    /** Nothing that is taken for another when it is read out, and no vowel to make a word of. */
    private static final String ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ";

    private static final int LONGEST_DETAIL = 200;

    private final List<SignInListener> listeners;
    private final ClientAddress clientAddress;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Journal(List<SignInListener> listeners, ClientAddress clientAddress, Clock clock) {
        this.listeners = List.copyOf(listeners);
        this.clientAddress = clientAddress;
        this.clock = clock;
    }

    /** Returns the reference. */
    String note(HttpServletRequest request, Kind kind, Reason reason, String detail) {
        return note(clientOf(request), kind, reason, detail);
    }

    /** The same of a request that may be over, and of which only the client is known. */
    String note(String client, Kind kind, Reason reason, String detail) {
        return note(client, kind, reason, detail, Optional.empty(), Optional.empty());
    }

    /** Whose request it is, for an event that is told later. */
    String clientOf(HttpServletRequest request) {
        return clientAddress.of(request);
    }

    String note(HttpServletRequest request, Kind kind, String userId) {
        return note(clientOf(request), kind, Reason.NONE, "", Optional.of(userId), Optional.empty());
    }

    String noteChange(HttpServletRequest request, String userId, AddressChange change) {
        return note(clientOf(request), Kind.ADDRESS_CHANGED, Reason.NONE, "", Optional.of(userId), Optional.of(change));
    }

    private String note(
            String client,
            Kind kind,
            Reason reason,
            String detail,
            Optional<String> userId,
            Optional<AddressChange> change) {
        SignInEvent event =
                new SignInEvent(kind, reason, reference(), clock.instant(), client, oneLine(detail), userId, change);
        LOG.log(Level.INFO, event::toString);
        listeners.forEach(listener -> tell(listener, event));
        return event.reference();
    }

    private static void tell(SignInListener listener, SignInEvent event) {
        try {
            ApplicationCode.tell("SignInListener.onEvent", () -> listener.onEvent(event));
        } catch (ApplicationCode.FailedException e) {
            // what goes wrong there may not keep anybody from signing in
            LOG.log(Level.DEBUG, "Event {0} did not reach a listener", event.reference());
        }
    }

    private String reference() {
        StringBuilder reference = new StringBuilder();
        for (int position = 0; position < 8; position++) {
            reference.append(position == 4 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return reference.toString();
    }

    /** A detail may come from the application: one line, and not a long one (L2). */
    private static String oneLine(String detail) {
        StringBuilder line = new StringBuilder();
        detail.codePoints()
                .limit(LONGEST_DETAIL)
                .map(character -> Character.isISOControl(character) || Character.getType(character) == Character.FORMAT
                        ? '?'
                        : character)
                .forEach(line::appendCodePoint);
        return line.toString();
    }
}
