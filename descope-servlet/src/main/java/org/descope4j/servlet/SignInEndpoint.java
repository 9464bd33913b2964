package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.servlet.LinkOrder.Wanted;
import org.descope4j.servlet.LinkStates.Issued;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.servlet.WantedLink.Purpose;

/**
 * Asks who wants to sign in, and has a link sent. Its answer is the same whether the account exists or not (S1). Thread-safe.
 */
final class SignInEndpoint {
    private static final String RETURN_TO = "returnTo";

    private final LinkCalls calls;
    private final List<DeliveryMethod> offered;
    private final Registration registration;
    private final LinkStates states;
    private final LinkOrder order;
    private final Journal journal;
    private final Endpoint our;

    SignInEndpoint(
            LinkCalls calls,
            List<DeliveryMethod> offered,
            Registration registration,
            LinkStates states,
            LinkOrder order,
            Journal journal,
            Endpoint our) {
        this.calls = calls;
        this.offered = List.copyOf(offered);
        this.registration = registration;
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

    private void showForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        order.startAnew(request);
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        Optional<DescopePrincipal> user = RequestIdentity.of(request).principal();
        if (user.isPresent() && !our.isSignInAgain(request)) {
            our.writer().redirect(response, our.redirects().target(returnTo));
            return;
        }
        SignInForm form = form(request, response, returnTo);
        String signUp = our.signUpPath(request, returnTo);
        Page page = user.isPresent()
                ? our.pages().signInAgain(form, signUp, user.get().displayName())
                : our.pages().signIn(form, signUp);
        our.writer().write(request, response, page);
    }

    private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.allowsAsking(request, PageName.SIGN_IN)) {
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
            our.writer().write(request, response, our.pages().signIn(again, our.signUpPath(request, returnTo)));
            return;
        }
        send(request, response, deliveryMethod, loginId.get(), returnTo, false);
    }

    /** Another link for whom there was one before; within the limits, and told the same as the first time. */
    void sendAgain(HttpServletRequest request, HttpServletResponse response, PendingSignIn earlier) throws IOException {
        send(request, response, earlier.deliveryMethod(), earlier.loginId(), earlier.returnTo(), true);
    }

    private void send(
            HttpServletRequest request,
            HttpServletResponse response,
            DeliveryMethod deliveryMethod,
            LoginId loginId,
            String returnTo,
            boolean again)
            throws IOException {
        Issued issued = states.issue(deliveryMethod, loginId, returnTo, binding(request));
        Wanted link = new Wanted(
                deliveryMethod,
                loginId,
                our.paths().verify() + "/" + issued.state(),
                our.signInPathFor(request, returnTo),
                issued.binding());
        WantedLink wanted = new WantedLink(
                Purpose.SIGN_IN,
                deliveryMethod,
                loginId.value(),
                our.writer().language(request),
                request.getServerName(),
                Map.of());
        LinkOrder.Call call = switch (registration) {
            case OPEN -> redirectUri -> calls.signUpOrIn(wanted, redirectUri);
            case CLOSED -> redirectUri -> calls.signIn(wanted, redirectUri);
        };
        Optional<Wanted> placed = order.place(request, response, link, call);
        if (placed.isPresent()) {
            our.binding().write(request, response, placed.get().binding());
            String query = Endpoint.returnToQuery(returnTo);
            String sent = query + (again ? (query.isEmpty() ? "?" : "&") + "again=1" : "");
            our.writer()
                    .redirect(response, request.getContextPath() + our.paths().sent() + sent);
        }
    }

    private SignInForm form(HttpServletRequest request, HttpServletResponse response, String returnTo) {
        return SignInForm.empty(our.signInPath(request), our.csrf().fieldFor(request, response), returnTo, offered);
    }

    private DeliveryMethod chosenMethod(String name) {
        return DeliveryMethod.find(name).filter(offered::contains).orElse(offered.get(0));
    }

    private Optional<PendingSignIn> binding(HttpServletRequest request) {
        return states.binding(our.binding().read(request));
    }
}
