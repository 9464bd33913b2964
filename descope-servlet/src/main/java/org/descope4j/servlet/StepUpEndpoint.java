package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.servlet.LinkOrder.Wanted;
import org.descope4j.servlet.LinkStates.Issued;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.servlet.WantedLink.Purpose;
import org.descope4j.session.InvalidSessionException;

/**
 * Has a link sent to the user who is signed in, and to nobody else, so that they prove once more who they are (Descope's
 * {@code stepup}). The link is opened where all links are. Thread-safe.
 */
final class StepUpEndpoint {
    private static final Logger LOG = System.getLogger(StepUpEndpoint.class.getName());
    private static final String RETURN_TO = "returnTo";

    private final LinkCalls calls;
    private final LinkStates states;
    private final LinkOrder order;
    private final Journal journal;
    private final Endpoint our;

    StepUpEndpoint(LinkCalls calls, LinkStates states, LinkOrder order, Journal journal, Endpoint our) {
        this.calls = calls;
        this.states = states;
        this.order = order;
        this.journal = journal;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> ask(request, response);
            case "POST" -> send(request, response);
            default -> our.refuseMethod(response, "GET, HEAD, POST");
        }
    }

    /** "Check your inbox": it looks every few seconds whether the link was opened in this browser, and goes on then. */
    void serveSent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        Optional<PendingSignIn> pending = states.binding(our.binding().read(request));
        if (pending.isEmpty() || isNewer(RequestIdentity.of(request), pending.get())) {
            our.writer().redirect(response, our.redirects().target(returnTo));
            return;
        }
        response.setHeader("Refresh", "10");
        String masked = Masking.mask(pending.get().loginId().value());
        String again = path(request) + Endpoint.returnToQuery(returnTo);
        our.writer()
                .write(request, response, our.pages().checkInbox(pending.get().deliveryMethod(), masked, again));
    }

    private void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        order.startAnew(request);
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        Optional<LoginId> account = account(request);
        if (account.isEmpty()) {
            our.writer().redirect(response, our.signInPathFor(request, returnTo));
            return;
        }
        PageForm form = PageForm.to(path(request), our.csrf().fieldFor(request, response))
                .with(RETURN_TO, returnTo);
        our.writer()
                .write(
                        request,
                        response,
                        our.pages().stepUp(form, Masking.mask(account.get().value())));
    }

    private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response, journal.note(request, Kind.LINK_NOT_SENT, Reason.FORGED_FORM, ""));
            return;
        }
        String returnTo = our.deepLink(our.single(request, RETURN_TO));
        Optional<LoginId> account = account(request);
        String refreshJwt = our.browserSessions().refreshJwt(request);
        if (account.isEmpty() || refreshJwt.isEmpty()) {
            our.writer().redirect(response, our.signInPathFor(request, returnTo));
            return;
        }
        DeliveryMethod method = methodFor(account.get());
        Issued issued = states.issue(method, account.get(), returnTo, Optional.empty());
        String retry = path(request) + Endpoint.returnToQuery(returnTo);
        Wanted link =
                new Wanted(method, account.get(), our.paths().verify() + "/" + issued.state(), retry, issued.binding());
        WantedLink wanted = new WantedLink(
                Purpose.STEP_UP,
                method,
                account.get().value(),
                our.writer().language(request),
                request.getServerName(),
                Map.of());
        try {
            Optional<Wanted> placed =
                    order.place(request, response, link, redirectUri -> calls.stepUp(wanted, redirectUri, refreshJwt));
            if (placed.isPresent()) {
                our.binding().write(request, response, placed.get().binding());
                String sent = request.getContextPath() + our.paths().stepUpSent();
                our.writer().redirect(response, sent + Endpoint.returnToQuery(returnTo));
            }
        } catch (InvalidSessionException e) {
            LOG.log(
                    Level.DEBUG,
                    "A refresh JWT is not good enough to step up: {0}",
                    e.reason().name());
            our.writer().redirect(response, our.signInPathFor(request, returnTo));
        }
    }

    /** The account is fixed: whoever sits at the screen cannot prove to be somebody else. */
    private Optional<LoginId> account(HttpServletRequest request) {
        RequestIdentity identity = RequestIdentity.of(request);
        return identity.isByCookie()
                ? identity.principal()
                        .flatMap(DescopePrincipal::loginId)
                        .flatMap(loginId -> LoginId.parse(methodFor(loginId), loginId))
                : Optional.empty();
    }

    private static DeliveryMethod methodFor(LoginId loginId) {
        return methodFor(loginId.value());
    }

    private static DeliveryMethod methodFor(String loginId) {
        return loginId.indexOf('@') >= 0 ? DeliveryMethod.EMAIL : DeliveryMethod.SMS;
    }

    /** Whether the user signed in after the link was asked for. */
    private static boolean isNewer(RequestIdentity identity, PendingSignIn pending) {
        return identity.principal()
                .flatMap(DescopePrincipal::signedInAt)
                .filter(at -> !at.isBefore(LinkStates.askedAt(pending)))
                .isPresent();
    }

    private String path(HttpServletRequest request) {
        return request.getContextPath() + our.paths().stepUp();
    }
}
