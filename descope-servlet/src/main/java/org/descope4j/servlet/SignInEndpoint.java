package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.LoginOptions;
import org.descope4j.MagicLinks;
import org.descope4j.servlet.LinkOrder.Wanted;
import org.descope4j.servlet.LinkStates.Issued;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;

/**
 * Asks who wants to sign in, and has a link sent. Its answer is the same whether the account exists or not (S1). Thread-safe.
 */
final class SignInEndpoint {
    private static final String RETURN_TO = "returnTo";
    private static final String LOOKS = "n";
    /** The first minute every 5 seconds, then every 15: ten minutes in all, longer than people wait. */
    private static final int OFTEN_LOOKS = 12;

    private static final int MOST_LOOKS = 48;

    private final MagicLinks magicLinks;
    private final List<DeliveryMethod> offered;
    private final LinkStates states;
    private final LinkOrder order;
    private final Journal journal;
    private final Endpoint our;

    SignInEndpoint(
            MagicLinks magicLinks,
            List<DeliveryMethod> offered,
            LinkStates states,
            LinkOrder order,
            Journal journal,
            Endpoint our) {
        this.magicLinks = magicLinks;
        this.offered = List.copyOf(offered);
        this.states = states;
        this.order = order;
        this.journal = journal;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> showForm(request, response);
            case "POST" -> send(request, response);
            default -> our.refuseMethod(response, "GET, HEAD, POST");
        }
    }

    /**
     * "Check your inbox": reached by redirect, so that a reload sends nothing. It looks every few seconds whether the link was opened in
     * this browser, and goes on then; without script.
     */
    void serveSent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        if (RequestIdentity.of(request).principal().isPresent()) {
            our.writer().redirect(response, our.redirects().target(returnTo));
            return;
        }
        Optional<PendingSignIn> pending = binding(request);
        if (pending.isEmpty()) {
            our.writer().redirect(response, our.signInPath(request) + returnToQuery(returnTo));
            return;
        }
        lookAgainLater(request, response, returnTo);
        String masked = Masking.mask(pending.get().loginId().value());
        String again = our.signInPath(request) + returnToQuery(pending.get().returnTo());
        our.writer()
                .write(request, response, our.pages().checkInbox(pending.get().deliveryMethod(), masked, again));
    }

    private void lookAgainLater(HttpServletRequest request, HttpServletResponse response, String returnTo) {
        int looks = looks(our.single(request, LOOKS));
        if (looks < MOST_LOOKS) {
            String query = returnTo.isEmpty() ? "?" : returnToQuery(returnTo) + "&";
            String next = request.getContextPath() + our.paths().sent() + query + LOOKS + "=" + (looks + 1);
            response.setHeader("Refresh", (looks < OFTEN_LOOKS ? 5 : 15) + "; url=" + next);
        }
    }

    private static int looks(String parameter) {
        return parameter.matches("[0-9]{1,2}") ? Integer.parseInt(parameter) : 0;
    }

    private void showForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        if (RequestIdentity.of(request).principal().isPresent()) {
            our.writer().redirect(response, our.redirects().target(returnTo));
            return;
        }
        our.writer().write(request, response, our.pages().signIn(form(request, response, returnTo)));
    }

    private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response, journal.note(request, Kind.LINK_NOT_SENT, Reason.FORGED_FORM, ""));
            return;
        }
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        String typed = our.single(request, "loginId");
        DeliveryMethod deliveryMethod = chosenMethod(our.single(request, "deliveryMethod"));
        Optional<LoginId> loginId = LoginId.parse(deliveryMethod, typed);
        if (loginId.isEmpty()) {
            SignInForm again = form(request, response, returnTo)
                    .with(deliveryMethod, typed, FieldProblem.of(deliveryMethod, typed));
            our.writer().write(request, response, our.pages().signIn(again));
            return;
        }
        send(request, response, deliveryMethod, loginId.get(), returnTo);
    }

    private void send(
            HttpServletRequest request,
            HttpServletResponse response,
            DeliveryMethod deliveryMethod,
            LoginId loginId,
            String returnTo)
            throws IOException {
        Issued issued = states.issue(deliveryMethod, loginId, returnTo, binding(request));
        Wanted link = new Wanted(
                deliveryMethod,
                loginId,
                our.paths().verify() + "/" + issued.state(),
                our.signInPath(request) + returnToQuery(returnTo));
        if (order.place(request, response, link, redirectUri -> ask(request, link, redirectUri))) {
            our.cookies().writeBinding(request, response, issued.binding());
            our.writer()
                    .redirect(response, request.getContextPath() + our.paths().sent() + returnToQuery(returnTo));
        }
    }

    private void ask(HttpServletRequest request, Wanted link, URI redirectUri) {
        LoginOptions options = LoginOptions.builder()
                .redirectUri(redirectUri)
                .locale(our.writer().language(request))
                .build();
        magicLinks.signUpOrIn(link.deliveryMethod(), link.recipient().value(), options);
    }

    private SignInForm form(HttpServletRequest request, HttpServletResponse response, String returnTo) {
        return SignInForm.empty(our.signInPath(request), our.csrf().fieldFor(request, response), returnTo, offered);
    }

    private DeliveryMethod chosenMethod(String name) {
        return DeliveryMethod.find(name).filter(offered::contains).orElse(offered.get(0));
    }

    private Optional<PendingSignIn> binding(HttpServletRequest request) {
        return states.binding(our.cookies().value(request, SessionCookies.BINDING));
    }

    private static String returnToQuery(String returnTo) {
        return returnTo.isEmpty() ? "" : "?returnTo=" + URLEncoder.encode(returnTo, UTF_8);
    }
}
