package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import org.descope4j.MagicLinks;
import org.descope4j.SignIn;

/**
 * Redeems a link token once, however often one browser sends it: a second, impatient click would only learn that the link was used, and
 * the browser drops the answer to the first. Another browser gets nothing of it. Thread-safe.
 */
final class LinkRedeemer {
    /** As long as people click again; nobody else can ask for the answer. */
    static final Duration KEPT_AFTER_SUCCESS = Duration.ofSeconds(10);

    /** Not at all: who tries again after a failure means it. */
    private static final Duration KEPT_AFTER_FAILURE = Duration.ZERO;

    private static final int BYTES_OF_SIGN_IN = 16_000;

    private final MagicLinks magicLinks;
    private final KeptAnswers<SignIn> answers;

    LinkRedeemer(MagicLinks magicLinks, Clock clock, SharedWait wait, Sweeper sweeper) {
        this.magicLinks = magicLinks;
        this.answers = new KeptAnswers<>(
                clock, KEPT_AFTER_SUCCESS, KEPT_AFTER_FAILURE, signIn -> BYTES_OF_SIGN_IN, wait, sweeper);
    }

    /**
     * Who signed in.
     *
     * @param browser what only this browser's cookies hold; empty where it has none, which then shares nothing
     * @throws TooManyWaitException if too many threads wait for answers already
     * @throws RuntimeException whatever {@link MagicLinks#verify(String)} throws
     */
    SignIn redeem(String linkToken, String browser) {
        return browser.isEmpty()
                ? magicLinks.verify(linkToken)
                : answers.ask(linkToken + ' ' + browser, () -> magicLinks.verify(linkToken));
    }
}
