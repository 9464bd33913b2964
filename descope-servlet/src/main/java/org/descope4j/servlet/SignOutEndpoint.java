package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.servlet.SignedInSession.HeardByDescope;

/**
 * Ends the session: a GET asks, a POST does it (C21); {@code everywhere=true} ends all sessions of the user. Thread-safe.
 */
final class SignOutEndpoint {
    private final SignedInSession signedInSession;
    private final UnheardSignOut unheard;
    private final Journal journal;
    private final String clearSiteData;
    private final Endpoint our;

    /** @param clearSiteData the value of that header; empty for none */
    SignOutEndpoint(
            SignedInSession signedInSession,
            UnheardSignOut unheard,
            Journal journal,
            String clearSiteData,
            Endpoint our) {
        this.clearSiteData = clearSiteData;
        this.signedInSession = signedInSession;
        this.unheard = unheard;
        this.journal = journal;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> ask(request, response);
            case "POST" -> signOut(request, response);
            default -> our.refuseMethod(response, "GET, HEAD, POST");
        }
    }

    private void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<DescopePrincipal> principal = RequestIdentity.of(request).principal();
        // while nobody can tell whose session it is, it can be ended all the same
        if (principal.isEmpty() && !signedInSession.isKept(request)) {
            our.writer().write(request, response, our.pages().signedOut(our.signInPath(request)));
            return;
        }
        String action = request.getContextPath() + our.paths().signOut();
        PageForm form = PageForm.to(action, our.csrf().fieldFor(request, response));
        String account = principal.map(DescopePrincipal::displayName).orElse("");
        our.writer().write(request, response, our.pages().signOut(form, account));
    }

    private void signOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response, journal.note(request, Kind.REFUSED, Reason.FORGED_FORM, ""));
            return;
        }
        if (unheard.isTriedAgain(request)) {
            tryAgain(request, response);
            return;
        }
        RequestIdentity.of(request)
                .principal()
                .ifPresent(user ->
                        journal.note(request, Kind.SIGNED_OUT, user.session().userId()));
        if (!our.single(request, "everywhere").equals("true")) {
            signedInSession.end(request, response);
            signedOut(response);
            return;
        }
        HeardByDescope ended = signedInSession.endEverywhere(request, response);
        if (ended.isHeard()) {
            signedOut(response);
            return;
        }
        // the form on that page needs the cookie of this browser's CSRF pair, so nothing else is cleared
        unheard.tell(request, response, ended);
    }

    private void tryAgain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<HeardByDescope> ended = unheard.tryAgain(request);
        if (ended.isEmpty()) {
            our.refuseForgery(request, response, journal.note(request, Kind.REFUSED, Reason.FORGED_FORM, ""));
        } else if (ended.get().isHeard()) {
            signedOut(response);
        } else {
            unheard.tell(request, response, ended.get());
        }
    }

    private void signedOut(HttpServletResponse response) {
        if (!clearSiteData.isEmpty()) {
            response.setHeader("Clear-Site-Data", clearSiteData);
        }
        our.writer().redirect(response, our.redirects().defaultPage());
    }
}
