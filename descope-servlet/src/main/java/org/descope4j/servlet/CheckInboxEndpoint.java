package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;

/**
 * "Check your inbox": reached by redirect, so that a reload sends nothing. It looks every few seconds whether the link was opened in this
 * browser, and goes on then, without script; and it sends another link to whom the first was for. Thread-safe.
 */
final class CheckInboxEndpoint {
    private static final String RETURN_TO = "returnTo";
    private static final String LOOKS = "n";
    private static final String RELOAD = "reload";
    private static final String AGAIN = "again";
    /** The state of a link that is no longer valid. */
    static final String STATE = "state";

    /** The first minute every 5 seconds, then every 15: ten minutes in all, longer than people wait. */
    private static final int OFTEN_LOOKS = 12;

    private static final int MOST_LOOKS = 48;
    /** What a message needs to arrive, mostly; people who get two take the older one. */
    private static final Duration COOL_DOWN = Duration.ofSeconds(30);

    private final SignInEndpoint signIn;
    private final LinkStates states;
    private final Journal journal;
    private final Endpoint our;

    CheckInboxEndpoint(SignInEndpoint signIn, LinkStates states, Journal journal, Endpoint our) {
        this.signIn = signIn;
        this.states = states;
        this.journal = journal;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> show(request, response);
            case "POST" -> sendAgain(request, response);
            default -> our.refuseMethod(response, "GET, HEAD, POST");
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        Optional<PendingSignIn> pending = binding(request);
        if (isSignedInAs(request, pending)) {
            our.writer().redirect(response, our.redirects().target(returnTo));
            return;
        }
        if (pending.isEmpty()) {
            our.writer().redirect(response, our.signInPath(request) + Endpoint.returnToQuery(returnTo));
            return;
        }
        our.writer()
                .write(request, response, our.pages().checkInbox(inbox(request, response, pending.get(), returnTo)));
    }

    /** Somebody is, and nobody waits for a link to another account, or to prove once more who they are. */
    private static boolean isSignedInAs(HttpServletRequest request, Optional<PendingSignIn> pending) {
        return RequestIdentity.of(request)
                .principal()
                .filter(user -> pending.isEmpty() || isBy(user, pending.get()))
                .isPresent();
    }

    private static boolean isBy(DescopePrincipal user, PendingSignIn pending) {
        boolean isSameAccount = user.loginId().isEmpty()
                || pending.loginId().matches(user.loginId().get());
        return isSameAccount
                && user.signedInAt()
                        .filter(at -> !at.isBefore(LinkStates.askedAt(pending)))
                        .isPresent();
    }

    private CheckInbox inbox(
            HttpServletRequest request, HttpServletResponse response, PendingSignIn pending, String returnTo) {
        boolean sentAgain = !our.single(request, AGAIN).isEmpty();
        int looks = looks(our.single(request, LOOKS));
        boolean reloads = looks < MOST_LOOKS && !our.single(request, RELOAD).equals("off");
        String here = path(request) + "?"
                + (returnTo.isEmpty() ? "" : Endpoint.returnToQuery(returnTo).substring(1) + "&")
                + (sentAgain ? AGAIN + "=1&" : "");
        if (reloads) {
            response.setHeader("Refresh", (looks < OFTEN_LOOKS ? 5 : 15) + "; url=" + here + LOOKS + "=" + (looks + 1));
        }
        return new CheckInbox(
                pending.deliveryMethod(),
                Masking.mask(pending.loginId().value()),
                sentAgain,
                reloads,
                here + (reloads ? RELOAD + "=off" : LOOKS + "=0"),
                PageForm.to(path(request), our.csrf().fieldFor(request, response)),
                COOL_DOWN.minus(states.age(pending)),
                our.signInPathFor(request, pending.returnTo()));
    }

    private void sendAgain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.allowsAsking(request, PageName.CHECK_INBOX)) {
            our.refuseForgery(request, response, journal.note(request, Kind.LINK_NOT_SENT, Reason.FORGED_FORM, ""));
            return;
        }
        String state = our.single(request, STATE);
        Optional<PendingSignIn> pending = state.isEmpty()
                ? binding(request)
                : states.open(state, binding(request)).pending();
        if (pending.isEmpty()) {
            our.writer().redirect(response, our.signInPath(request));
            return;
        }
        if (state.isEmpty() && states.age(pending.get()).compareTo(COOL_DOWN) < 0) {
            our.writer()
                    .redirect(
                            response,
                            path(request) + Endpoint.returnToQuery(pending.get().returnTo()));
            return;
        }
        signIn.sendAgain(request, response, pending.get());
    }

    private Optional<PendingSignIn> binding(HttpServletRequest request) {
        return states.binding(our.binding().read(request));
    }

    private String path(HttpServletRequest request) {
        return request.getContextPath() + our.paths().sent();
    }

    private static int looks(String parameter) {
        return parameter.matches("[0-9]{1,2}") ? Integer.parseInt(parameter) : 0;
    }
}
