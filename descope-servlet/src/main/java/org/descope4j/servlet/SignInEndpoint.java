package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.LoginOptions;
import org.descope4j.MagicLinks;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.servlet.LinkStates.Issued;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.SessionValidator;

/**
 * Asks who wants to sign in, and has a link sent. Its answer is the same whether the account exists or not (S1). Thread-safe.
 */
final class SignInEndpoint {
    private static final Logger LOG = System.getLogger(SignInEndpoint.class.getName());

    private static final String RETURN_TO = "returnTo";
    private static final String LOOKS = "n";
    /** The first minute every 5 seconds, then every 15: ten minutes in all, longer than people wait. */
    private static final int OFTEN_LOOKS = 12;

    private static final int MOST_LOOKS = 48;

    private final SessionValidator validator;
    private final MagicLinks magicLinks;
    private final List<DeliveryMethod> offered;
    private final LinkStates states;
    private final PublicUrl publicUrl;
    private final SendingLimits limits;
    private final Journal journal;
    private final Endpoint our;

    SignInEndpoint(
            SessionValidator validator,
            MagicLinks magicLinks,
            List<DeliveryMethod> offered,
            LinkStates states,
            PublicUrl publicUrl,
            SendingLimits limits,
            Journal journal,
            Endpoint our) {
        this.validator = validator;
        this.magicLinks = magicLinks;
        this.offered = List.copyOf(offered);
        this.states = states;
        this.publicUrl = publicUrl;
        this.limits = limits;
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
            String next = request.getContextPath() + AuthPaths.SENT + query + LOOKS + "=" + (looks + 1);
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
            SignInForm again =
                    form(request, response, returnTo).with(deliveryMethod, typed, problem(deliveryMethod, typed));
            our.writer().write(request, response, our.pages().signIn(again));
            return;
        }
        Optional<Duration> wait = limits.tryCount(request, loginId.get());
        if (wait.isPresent()) {
            String reference = journal.note(request, Kind.LIMITED, Reason.TOO_MANY_HERE, "");
            our.tooManyRequests(request, response, wait.get(), reference);
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
        Optional<URI> redirectUri = publicUrl.resolve(request, AuthPaths.VERIFY + "/" + issued.state());
        if (redirectUri.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "No link can be sent for a request that is not to this machine: set descope.public-url to where browsers"
                            + " reach the application");
            our.writer().write(request, response, our.pages().unavailable(our.signInPath(request), ""));
            return;
        }
        if (limits.serves(deliveryMethod, loginId)) {
            if (!isAskedFor(request, response, deliveryMethod, loginId, redirectUri.get(), returnTo)) {
                return;
            }
        } else {
            // the same answer as for a link that was sent: what is served is nobody's business who tries numbers out
            journal.note(request, Kind.LINK_NOT_SENT, Reason.COUNTRY_NOT_SERVED, "");
        }
        our.cookies().writeBinding(request, response, issued.binding());
        our.writer().redirect(response, request.getContextPath() + AuthPaths.SENT + returnToQuery(returnTo));
    }

    /** Whether the person is told to look into their inbox; otherwise they have been told something else. */
    private boolean isAskedFor(
            HttpServletRequest request,
            HttpServletResponse response,
            DeliveryMethod deliveryMethod,
            LoginId loginId,
            URI redirectUri,
            String returnTo)
            throws IOException {
        try {
            // a link that could not be judged when it comes back is not worth sending; so is one of a project that is
            // not there
            validator.requireKeys();
            LoginOptions options = LoginOptions.builder()
                    .redirectUri(redirectUri)
                    .locale(our.writer().language(request))
                    .build();
            magicLinks.signUpOrIn(deliveryMethod, loginId.value(), options);
            journal.note(request, Kind.LINK_SENT, Reason.NONE, deliveryMethod.pathSegment());
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
            String reference = journal.note(request, Kind.LINK_NOT_SENT, Reason.DESCOPE_UNAVAILABLE, "");
            String retry = our.signInPath(request) + returnToQuery(returnTo);
            our.writer().write(request, response, our.pages().unavailable(retry, reference));
            return false;
        }
        return true;
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

    private static FieldProblem problem(DeliveryMethod deliveryMethod, String typed) {
        if (typed.isBlank()) {
            return FieldProblem.MISSING;
        }
        return deliveryMethod == DeliveryMethod.EMAIL
                ? FieldProblem.NOT_AN_EMAIL_ADDRESS
                : FieldProblem.NOT_A_PHONE_NUMBER;
    }

    private static String returnToQuery(String returnTo) {
        return returnTo.isEmpty() ? "" : "?returnTo=" + URLEncoder.encode(returnTo, UTF_8);
    }
}
