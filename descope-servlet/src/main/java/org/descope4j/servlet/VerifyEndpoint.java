package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.session.InvalidSessionException;

/**
 * Where magic links lead: redeems the link token for a session, and does it only for a person who wants it. The steps are numbered
 * as in ARCHITECTURE.md. Thread-safe.
 *
 * <p>Mail scanners open links, some in a real browser that runs scripts; so a GET redeems nothing unless it comes from the browser
 * that asked for the link. Any other sees a page with a button, and a second one where the first page could not name the account.
 */
final class VerifyEndpoint {
    private static final Logger LOG = System.getLogger(VerifyEndpoint.class.getName());

    private final LinkJudge judge;
    private final SecondClick secondClick;
    private final SignInConclusion conclusion;
    private final SpentLink spentLink;
    private final boolean strictlySameBrowser;
    private final Journal journal;
    private final Repetitions repetitions;
    private final LinkStates states;
    private final Endpoint our;

    VerifyEndpoint(
            LinkJudge judge,
            SecondClick secondClick,
            SignInConclusion conclusion,
            SpentLink spentLink,
            boolean strictlySameBrowser,
            Journal journal,
            Repetitions repetitions,
            LinkStates states,
            Endpoint our) {
        this.judge = judge;
        this.secondClick = secondClick;
        this.conclusion = conclusion;
        this.spentLink = spentLink;
        this.strictlySameBrowser = strictlySameBrowser;
        this.journal = journal;
        this.repetitions = repetitions;
        this.states = states;
        this.our = our;
    }

    void serve(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        switch (request.getMethod()) {
            // (2) HEAD and OPTIONS never redeem
            case "HEAD" -> our.writer().writeNothing(response, HttpServletResponse.SC_OK);
            case "OPTIONS" -> {
                response.setHeader("Allow", "GET, HEAD, OPTIONS, POST");
                our.writer().writeNothing(response, HttpServletResponse.SC_NO_CONTENT);
            }
            case "GET" -> open(request, response, state);
            case "POST" -> confirm(request, response, state);
            default -> our.refuseMethod(response, "GET, HEAD, OPTIONS, POST");
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        // (2) nor does what is no person's browser going to this page
        Visit visit = Visit.of(request);
        if (visit == Visit.PREFETCH || visit == Visit.PART) {
            our.refuseVisit(response, visit);
            return;
        }
        // (1) a link without its token, or with two, was cut or tampered with
        String linkToken = our.linkToken(request);
        if (linkToken.isEmpty()) {
            String reference = journal.note(request, Kind.REFUSED, Reason.LINK_DAMAGED, "");
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), reference));
            return;
        }
        // (3) the browser that asked for it redeems at once; but never silently over somebody who is signed in
        LinkState link = state(request, state);
        if (isAlreadySignedIn(request, link)) {
            our.writer().redirect(response, our.redirects().target(link.returnTo()));
            return;
        }
        if (isRefusedHere(request, response, link)) {
            return;
        }
        boolean cookiesWouldArrive = our.cookies().arriveFromOtherSites();
        boolean isNobodyElses = RequestIdentity.of(request).principal().isEmpty() || isOfSignedInUser(request, link);
        if (visit == Visit.PERSON && link.sameBrowser() && cookiesWouldArrive && isNobodyElses) {
            redeem(request, response, linkToken, link, state);
            return;
        }
        our.writer().write(request, response, confirmationPage(request, response, linkToken, link, state));
    }

    private void confirm(HttpServletRequest request, HttpServletResponse response, String state) throws IOException {
        if (!our.csrf().allows(request)) {
            our.refuseForgery(request, response, journal.note(request, Kind.REFUSED, Reason.FORGED_FORM, ""));
            return;
        }
        if (secondClick.isAnswered(request)) {
            secondClick.answer(request, response);
            return;
        }
        String linkToken = our.linkToken(request);
        if (linkToken.isEmpty()) {
            String reference = journal.note(request, Kind.REFUSED, Reason.LINK_DAMAGED, "");
            our.writer().write(request, response, our.pages().badRequest(our.signInPath(request), reference));
            return;
        }
        LinkState link = state(request, state);
        if (isRefusedHere(request, response, link)) {
            return;
        }
        journal.note(request, Kind.CONFIRMED, Reason.NONE, "");
        redeem(request, response, linkToken, link, state);
    }

    /** Another browser than the one that asked, where the application wants that one and no other. */
    private boolean isRefusedHere(HttpServletRequest request, HttpServletResponse response, LinkState link)
            throws IOException {
        if (!strictlySameBrowser || link.sameBrowser()) {
            return false;
        }
        spentLink.show(request, response, link, journal.note(request, Kind.REFUSED, Reason.OTHER_BROWSER, ""));
        return true;
    }

    /** (4) to (8). */
    private void redeem(
            HttpServletRequest request, HttpServletResponse response, String linkToken, LinkState link, String state)
            throws IOException {
        LinkVerdict verdict;
        try {
            verdict = judge.judge(linkToken, link, browser(request));
        } catch (RefusedByDescopeException e) {
            refused(request, response, link, e.errorCode());
            return;
        } catch (RateLimitedException e) {
            String reference = journal.note(request, Kind.LIMITED, Reason.TOO_MANY_AT_DESCOPE, "");
            our.tooManyRequests(request, response, e.retryAfter(), reference);
            return;
        } catch (DescopeUnavailableException | TooManyWaitException e) {
            repetitions.log(LOG, Level.WARNING, "A link could not be redeemed: {0}", e.getMessage());
            String reference = journal.note(request, Kind.REFUSED, Reason.DESCOPE_UNAVAILABLE, "");
            PageForm again = redeemForm(request, response, linkToken, state);
            our.writer().write(request, response, our.pages().unavailable(again, reference));
            return;
        } catch (InvalidSessionException e) {
            LOG.log(
                    Level.ERROR,
                    "Descope answered with a JWT that is not acceptable for this project: {0}",
                    e.getMessage());
            // the link is spent: to try again means to ask for another
            String reference = journal.note(request, Kind.REFUSED, Reason.ANSWER_NOT_ACCEPTABLE, "");
            our.writer().write(request, response, our.pages().unavailable(our.signInPath(request), reference));
            return;
        }
        if (verdict.kind() == LinkVerdict.Kind.UNCONFIRMED) {
            String refreshJwt = verdict.proven().tokens().refreshJwt();
            if (our.browserSessions().of(request).refreshJwt().equals(refreshJwt)) {
                // a late click on the first page, whose link has signed this browser in already
                our.writer().redirect(response, our.redirects().target(link.returnTo()));
                return;
            }
            secondClick.ask(request, response, verdict.proven(), link.returnTo());
            return;
        }
        conclusion.conclude(request, response, verdict, link.returnTo());
    }

    /** What only this browser has: its binding, or its half of the CSRF pair. */
    private String browser(HttpServletRequest request) {
        String binding = our.binding().read(request);
        return binding.isEmpty() ? String.join(",", our.cookies().csrf(request)) : binding;
    }

    /** Whoever is signed in already by the first of two clicks on their own link just goes on; everybody else is told (N7). */
    private void refused(HttpServletRequest request, HttpServletResponse response, LinkState link, String errorCode)
            throws IOException {
        String reference = journal.note(request, Kind.REFUSED, Reason.LINK_USED_OR_EXPIRED, errorCode);
        if (isOfSignedInUser(request, link)) {
            our.writer().redirect(response, our.redirects().target(link.returnTo()));
            return;
        }
        spentLink.show(request, response, link, reference);
    }

    private Page confirmationPage(
            HttpServletRequest request, HttpServletResponse response, String linkToken, LinkState link, String state) {
        String account = link.pending()
                .map(pending -> Masking.mask(pending.loginId().value()))
                .orElse("");
        String current = RequestIdentity.of(request)
                .principal()
                .map(DescopePrincipal::displayName)
                .orElse("");
        return our.pages().confirmSignIn(redeemForm(request, response, linkToken, state), account, current);
    }

    private PageForm redeemForm(
            HttpServletRequest request, HttpServletResponse response, String linkToken, String state) {
        String action = request.getContextPath() + our.paths().verify() + (state.isEmpty() ? "" : "/" + state);
        return PageForm.to(action, our.csrf().fieldFor(request, response)).with(Endpoint.TOKEN_FIELD, linkToken);
    }

    private LinkState state(HttpServletRequest request, String state) {
        return states.open(state, states.binding(our.binding().read(request)));
    }

    /** A second click on a link that has done its work: there is nothing left to do. */
    private static boolean isAlreadySignedIn(HttpServletRequest request, LinkState link) {
        return isOfSignedInUser(request, link) && !isStepUp(request, link);
    }

    /** Asked for in this browser after the user signed in: they are to prove once more who they are. */
    private static boolean isStepUp(HttpServletRequest request, LinkState link) {
        return link.sameBrowser()
                && RequestIdentity.of(request)
                        .principal()
                        .flatMap(DescopePrincipal::signedInAt)
                        .filter(at -> link.pending()
                                .filter(pending -> at.isBefore(LinkStates.askedAt(pending)))
                                .isPresent())
                        .isPresent();
    }

    private static boolean isOfSignedInUser(HttpServletRequest request, LinkState link) {
        return RequestIdentity.of(request)
                .principal()
                .flatMap(DescopePrincipal::loginId)
                .filter(link::isFor)
                .isPresent();
    }
}
