package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.servlet.LinkOrder.Wanted;
import org.descope4j.servlet.LinkStates.Issued;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.servlet.WantedLink.Purpose;

/**
 * Asks a new user for the details that the application wants, and has a link sent. Its answer is the same where the account exists; its
 * user is sent a link to sign in then, and nothing of the account changes (S1). The link is opened where all links are. Thread-safe.
 */
final class SignUpEndpoint {
    private static final String RETURN_TO = "returnTo";

    private final LinkCalls calls;
    private final List<DeliveryMethod> offered;
    private final SignUpFields fields;
    private final LinkStates states;
    private final LinkOrder order;
    private final Journal journal;
    private final Endpoint our;

    SignUpEndpoint(
            LinkCalls calls,
            List<DeliveryMethod> offered,
            SignUpFields fields,
            LinkStates states,
            LinkOrder order,
            Journal journal,
            Endpoint our) {
        this.calls = calls;
        this.offered = List.copyOf(offered);
        this.fields = fields;
        this.states = states;
        this.order = order;
        this.journal = journal;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> showForm(request, response);
            case "POST" -> post(request, response);
            default -> our.refuseMethod(response, "GET, HEAD, POST");
        }
    }

    private void showForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        if (RequestIdentity.of(request).principal().isPresent()) {
            our.writer().redirect(response, our.redirects().target(returnTo));
            return;
        }
        order.startAnew(request);
        SignInForm account = account(request, response, returnTo);
        our.writer()
                .write(request, response, our.pages().signUp(form(request, account, SignUpDetails.none(), returnTo)));
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.allowsAsking(request, PageName.SIGN_UP)) {
            our.refuseForgery(request, response, journal.note(request, Kind.LINK_NOT_SENT, Reason.FORGED_FORM, ""));
            return;
        }
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        String typed = our.single(request, "loginId");
        DeliveryMethod method = DeliveryMethod.find(our.single(request, "deliveryMethod"))
                .filter(offered::contains)
                .orElse(offered.get(0));
        Optional<LoginId> loginId = LoginId.parse(method, typed);
        SignUpDetails details = SignUpDetails.read(
                fields.shownWith(offered), fields.readWith(method), name -> our.single(request, name));
        if (loginId.isEmpty() || !details.problems().isEmpty()) {
            FieldProblem problem = loginId.isEmpty() ? FieldProblem.of(method, typed) : FieldProblem.NONE;
            SignInForm account = account(request, response, returnTo).with(method, typed, problem);
            our.writer().write(request, response, our.pages().signUp(form(request, account, details, returnTo)));
            return;
        }
        send(request, response, method, loginId.get(), details, returnTo);
    }

    private void send(
            HttpServletRequest request,
            HttpServletResponse response,
            DeliveryMethod method,
            LoginId loginId,
            SignUpDetails details,
            String returnTo)
            throws IOException {
        Issued issued = states.issue(
                method, loginId, returnTo, states.binding(our.binding().read(request)));
        Wanted link = new Wanted(
                method,
                loginId,
                our.paths().verify() + "/" + issued.state(),
                path(request) + Endpoint.returnToQuery(returnTo),
                issued.binding());
        WantedLink wanted = new WantedLink(
                Purpose.SIGN_UP,
                method,
                loginId.value(),
                our.writer().language(request),
                request.getServerName(),
                details.byName());
        LinkOrder.Call call = redirectUri -> calls.signUp(wanted, redirectUri, details.user(), details.claims());
        Optional<Wanted> placed = order.place(request, response, link, call);
        if (placed.isPresent()) {
            our.binding().write(request, response, placed.get().binding());
            String sent = request.getContextPath() + our.paths().sent();
            our.writer().redirect(response, sent + Endpoint.returnToQuery(returnTo));
        }
    }

    private SignInForm account(HttpServletRequest request, HttpServletResponse response, String returnTo) {
        return SignInForm.empty(path(request), our.csrf().fieldFor(request, response), returnTo, offered);
    }

    private SignUpForm form(HttpServletRequest request, SignInForm account, SignUpDetails details, String returnTo) {
        String signIn = our.signInPath(request) + Endpoint.returnToQuery(returnTo);
        return new SignUpForm(account, fields.shownWith(offered), details, signIn);
    }

    private String path(HttpServletRequest request) {
        return request.getContextPath() + our.paths().signUp();
    }
}
