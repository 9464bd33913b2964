package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.servlet.LinkOrder.Wanted;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.servlet.WantedLink.Purpose;
import org.descope4j.session.InvalidSessionException;

/**
 * Lets a signed-in user ask for a link to a new address of theirs, a short time after they signed in (S10). The link is opened at
 * {@link UpdateLinkEndpoint}. Thread-safe.
 */
final class UpdateEndpoint {
    private static final Logger LOG = System.getLogger(UpdateEndpoint.class.getName());

    private final LinkCalls calls;
    private final List<DeliveryMethod> offered;
    private final Duration freshness;
    private final UpdateStates states;
    private final LinkOrder order;
    private final SignedInSession signedInSession;
    private final Journal journal;
    private final Endpoint our;

    UpdateEndpoint(
            LinkCalls calls,
            List<DeliveryMethod> offered,
            Duration freshness,
            UpdateStates states,
            LinkOrder order,
            SignedInSession signedInSession,
            Journal journal,
            Endpoint our) {
        this.calls = calls;
        this.offered = List.copyOf(offered);
        this.freshness = freshness;
        this.states = states;
        this.order = order;
        this.signedInSession = signedInSession;
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

    /** Reached by redirect, so that a reload sends nothing. */
    void serveSent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        our.writer().write(request, response, our.pages().updateSent(path(request)));
    }

    private void showForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        order.startAnew(request);
        Optional<DescopePrincipal> user = freshUser(request, response);
        if (user.isPresent()) {
            our.writer().write(request, response, our.pages().update(form(request, response), nameOf(user.get())));
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response, journal.note(request, Kind.LINK_NOT_SENT, Reason.FORGED_FORM, ""));
            return;
        }
        if (our.single(request, "again").equals("true")) {
            signedInSession.end(request, response);
            goToSignIn(request, response);
            return;
        }
        Optional<DescopePrincipal> user = freshUser(request, response);
        if (user.isPresent()) {
            send(request, response, user.get());
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, DescopePrincipal user)
            throws IOException {
        String typed = our.single(request, "loginId");
        DeliveryMethod deliveryMethod = DeliveryMethod.find(our.single(request, "deliveryMethod"))
                .filter(offered::contains)
                .orElse(offered.get(0));
        Optional<LoginId> address = LoginId.parse(deliveryMethod, typed);
        if (address.isEmpty()) {
            SignInForm again =
                    form(request, response).with(deliveryMethod, typed, FieldProblem.of(deliveryMethod, typed));
            our.writer().write(request, response, our.pages().update(again, nameOf(user)));
            return;
        }
        String state = states.issue(deliveryMethod, user.session().userId());
        Wanted link = new Wanted(deliveryMethod, address.get(), our.paths().update() + "/" + state, path(request), "");
        WantedLink wanted = new WantedLink(
                Purpose.UPDATE,
                deliveryMethod,
                address.get().value(),
                our.writer().language(request),
                request.getServerName(),
                Map.of());
        String refreshJwt = our.browserSessions().refreshJwt(request);
        String loginId = user.loginId().orElseGet(() -> user.session().userId());
        try {
            if (order.place(
                            request,
                            response,
                            link,
                            redirectUri -> calls.update(wanted, redirectUri, loginId, refreshJwt))
                    .isPresent()) {
                our.writer()
                        .redirect(
                                response, request.getContextPath() + our.paths().updateSent());
            }
        } catch (InvalidSessionException e) {
            LOG.log(
                    Level.DEBUG,
                    "A refresh JWT is not good enough to change an address: {0}",
                    e.reason().name());
            signInAgain(request, response);
        }
    }

    /** Who may change an address now; empty where the answer is given already. */
    private Optional<DescopePrincipal> freshUser(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RequestIdentity identity = RequestIdentity.of(request);
        Optional<DescopePrincipal> user = identity.principal();
        if (identity.kind() == RequestIdentity.Kind.CANNOT_TELL) {
            String reference = journal.note(request, Kind.LINK_NOT_SENT, Reason.DESCOPE_UNAVAILABLE, "");
            our.writer().write(request, response, our.pages().unavailable(path(request), reference));
            return Optional.empty();
        }
        if (user.isEmpty()) {
            goToSignIn(request, response);
            return Optional.empty();
        }
        if (!identity.isByCookie()
                || !signedInSession.isFresh(request, user.get().session().subject(), freshness)) {
            signInAgain(request, response);
            return Optional.empty();
        }
        return user;
    }

    private void signInAgain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String reference = journal.note(request, Kind.LINK_NOT_SENT, Reason.SIGNED_IN_TOO_LONG_AGO, "");
        PageForm again = PageForm.to(path(request), our.csrf().fieldFor(request, response))
                .with("again", "true");
        our.writer().write(request, response, our.pages().updateNeedsNewSignIn(again, reference));
    }

    private void goToSignIn(HttpServletRequest request, HttpServletResponse response) {
        String returnTo = URLEncoder.encode(path(request), UTF_8);
        our.writer().redirect(response, our.signInPath(request) + "?returnTo=" + returnTo);
    }

    private SignInForm form(HttpServletRequest request, HttpServletResponse response) {
        return SignInForm.empty(path(request), our.csrf().fieldFor(request, response), "", offered);
    }

    private static String nameOf(DescopePrincipal user) {
        return user.loginId().orElseGet(user::displayName);
    }

    private String path(HttpServletRequest request) {
        return request.getContextPath() + our.paths().update();
    }
}
