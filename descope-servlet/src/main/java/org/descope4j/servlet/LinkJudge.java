package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.descope4j.SignIn;

/**
 * Steps (4) to (5b) of a click on a link: redeems it, compares whom it is for, and asks the application, each of them once however often a
 * browser clicks. Whoever is not let in has no session at Descope either. Thread-safe.
 */
final class LinkJudge {
    private static final Logger LOG = System.getLogger(LinkJudge.class.getName());
    /** As long as people click again, counted from the application's answer, however long that took. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private static final int BYTES_OF_VERDICT = 16_000;

    private final LinkRedeemer redeemer;
    private final SignInHandler handler;
    private final SignedInSession signedInSession;
    private final KeptAnswers<LinkVerdict> clicks;
    private final KeptAnswers<LinkVerdict> decisions;

    LinkJudge(
            LinkRedeemer redeemer,
            SignInHandler handler,
            SignedInSession signedInSession,
            Clock clock,
            SharedWait wait,
            Sweeper sweeper) {
        this.redeemer = redeemer;
        this.handler = handler;
        this.signedInSession = signedInSession;
        this.clicks = new KeptAnswers<>(clock, KEPT, Duration.ZERO, verdict -> BYTES_OF_VERDICT, wait, sweeper);
        this.decisions = new KeptAnswers<>(clock, KEPT, Duration.ZERO, verdict -> BYTES_OF_VERDICT, wait, sweeper);
    }

    /**
     * What comes of a link.
     *
     * @param browser what only this browser's cookies hold; empty where it has none, which then shares nothing
     * @throws TooManyWaitException if too many threads wait for answers already
     * @throws RuntimeException whatever {@link LinkRedeemer#redeem} throws
     */
    LinkVerdict judge(String linkToken, LinkState link, String browser) {
        return browser.isEmpty()
                ? judged(linkToken, link, browser)
                : clicks.ask(link.state() + ' ' + linkToken + ' ' + browser, () -> judged(linkToken, link, browser));
    }

    private LinkVerdict judged(String linkToken, LinkState link, String browser) {
        // (4) once: whatever happens, the token is sent to Descope one time and not again
        SignIn signIn = redeemer.redeem(linkToken, browser);
        // (5) for the login ID in the state: somebody may have glued another link's token to it (V25)
        Optional<String> loginId = link.loginIdAmong(signIn.user().loginIds());
        if (loginId.isEmpty()) {
            LOG.log(Level.WARNING, "A link's token was of another user than its state; nobody is signed in");
            signedInSession.revoke(signIn.tokens().refreshJwt());
            return LinkVerdict.otherUser();
        }
        ProvenSignIn proven = ProvenSignIn.of(signIn, loginId.get());
        // (5a) a page named the account before this click, or this browser asked for the link; otherwise the user is
        // asked first (N5)
        return link.namesAccount() ? decide(proven) : LinkVerdict.unconfirmed(proven);
    }

    /** (5b) The application has its say, before anything changes. */
    LinkVerdict decide(ProvenSignIn proven) {
        return decisions.ask(proven.tokens().refreshJwt(), () -> decided(proven));
    }

    private LinkVerdict decided(ProvenSignIn proven) {
        try {
            SignInDecision decision =
                    ApplicationCode.ask("SignInHandler.decide", () -> handler.decide(new VerifiedSignIn(proven)));
            if (decision.refusal().isEmpty()) {
                return LinkVerdict.accepted(proven, decision);
            }
            signedInSession.revoke(proven.tokens().refreshJwt());
            return LinkVerdict.refused(decision);
        } catch (ApplicationCode.FailedException e) {
            signedInSession.revoke(proven.tokens().refreshJwt());
            return LinkVerdict.failed();
        }
    }
}
