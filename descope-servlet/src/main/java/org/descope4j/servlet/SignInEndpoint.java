package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.MagicLinks;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.servlet.LinkStates.Issued;
import org.descope4j.servlet.Pages.FieldProblem;
import org.descope4j.servlet.Pages.SignInForm;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.SessionValidator;

/**
 * Asks who wants to sign in, and has a link sent. Its answer is the same whether the account exists or not (S1). Thread-safe.
 */
final class SignInEndpoint {
    private static final Logger LOG = System.getLogger(SignInEndpoint.class.getName());

    private final SessionValidator validator;
    private final MagicLinks magicLinks;
    private final List<DeliveryMethod> offered;
    private final LinkStates states;
    private final PublicUrl publicUrl;
    private final Endpoint our;

    SignInEndpoint(
            SessionValidator validator,
            MagicLinks magicLinks,
            List<DeliveryMethod> offered,
            LinkStates states,
            PublicUrl publicUrl,
            Endpoint our) {
        this.validator = validator;
        this.magicLinks = magicLinks;
        this.offered = List.copyOf(offered);
        this.states = states;
        this.publicUrl = publicUrl;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> showForm(request, response);
            case "POST" -> send(request, response);
            default -> our.refuseMethod(response, "GET, HEAD, POST");
        }
    }

    /** "Check your inbox": reached by redirect, so that a reload sends nothing. */
    void serveSent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<PendingSignIn> pending = binding(request);
        if (pending.isEmpty()) {
            our.writer().redirect(response, our.signInPath(request));
            return;
        }
        String masked = Masking.mask(pending.get().loginId().value());
        String again = our.signInPath(request) + returnToQuery(pending.get().returnTo());
        our.writer()
                .write(request, response, our.pages().checkInbox(pending.get().deliveryMethod(), masked, again));
    }

    private void showForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String returnTo = our.deepLink(our.single(request, "returnTo"));
        if (RequestIdentity.of(request).principal().isPresent()) {
            our.writer().redirect(response, our.redirects().target(returnTo));
            return;
        }
        our.writer().write(request, response, our.pages().signIn(form(request, response, returnTo)));
    }

    private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response);
            return;
        }
        String returnTo = our.deepLink(our.single(request, "returnTo"));
        String typed = our.single(request, "loginId");
        DeliveryMethod deliveryMethod = chosenMethod(our.single(request, "deliveryMethod"));
        Optional<LoginId> loginId = LoginId.parse(deliveryMethod, typed);
        if (loginId.isEmpty()) {
            SignInForm again =
                    form(request, response, returnTo).with(deliveryMethod, typed, problem(deliveryMethod, typed));
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
        Optional<URI> redirectUri = publicUrl.resolve(request, AuthPaths.VERIFY + "/" + issued.state());
        if (redirectUri.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "No link can be sent for a request that is not to this machine: set descope.public-url to where browsers"
                            + " reach the application");
            our.writer().write(request, response, our.pages().unavailable(our.signInPath(request), ""));
            return;
        }
        try {
            // a link that could not be judged when it comes back is not worth sending; so is one of a project that is
            // not there
            validator.requireKeys();
            magicLinks.signUpOrIn(deliveryMethod, loginId.value(), redirectUri.get());
        } catch (RefusedByDescopeException e) {
            // the same answer as for a link that was sent: a disabled account must not be told from another (S1)
            LOG.log(
                    Level.WARNING,
                    "Descope refused to send a link: {0}; if it is so for every user, check that {1} is an approved domain of"
                            + " the project",
                    e.errorCode(),
                    redirectUri.get().getHost());
        } catch (RateLimitedException e) {
            our.tooManyRequests(request, response, e);
            return;
        } catch (DescopeUnavailableException | KeysUnavailableException e) {
            LOG.log(Level.WARNING, "No link was sent: {0}", e.getMessage());
            our.writer()
                    .write(
                            request,
                            response,
                            our.pages().unavailable(our.signInPath(request) + returnToQuery(returnTo), ""));
            return;
        }
        our.cookies().writeBinding(request, response, issued.binding());
        our.writer().redirect(response, request.getContextPath() + AuthPaths.SENT);
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
