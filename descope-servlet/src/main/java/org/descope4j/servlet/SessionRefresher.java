package org.descope4j.servlet;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descope4j.RefreshedSession;
import org.descope4j.Sessions;
import org.descope4j.Tokens;

/**
 * Refreshes each session once, however many requests of a page find it expired at the same moment. Where refresh JWTs rotate, a second
 * question with the old one would end the session; so who comes a little later, or did not get the first answer, gets its successor.
 * Thread-safe.
 */
final class SessionRefresher {
    /** Longer than the requests of one page take to arrive, and than a person needs to try again whose answer was lost on the way. */
    private static final Duration KEPT_AFTER_SUCCESS = Duration.ofSeconds(60);

    /** Short enough that a failing Descope is asked again soon. */
    private static final Duration KEPT_AFTER_FAILURE = Duration.ofSeconds(2);

    /** The time in which a person comes back; nobody else has a use for it. */
    private static final Duration LATE_ANSWER_KEPT = Duration.ofMinutes(10);

    /** More than sessions of a few seconds can follow each other while a first answer is kept. */
    private static final int MOST_SUCCESSORS = 20;

    /** Claims and user, read. */
    private static final int BYTES_BESIDE_TOKENS = 2_000;

    private final Sessions sessions;
    private final Clock clock;
    private final KeptAnswers<RefreshedSession> answers;
    private final ShortMemory<RefreshedSession> late;

    SessionRefresher(Sessions sessions, Clock clock, SharedWait wait, Sweeper sweeper) {
        this.sessions = sessions;
        this.clock = clock;
        this.answers = new KeptAnswers<>(
                clock, KEPT_AFTER_SUCCESS, KEPT_AFTER_FAILURE, SessionRefresher::bytesOf, wait, sweeper);
        this.late = new ShortMemory<>(LATE_ANSWER_KEPT, ShortMemory.spareBytes(), SessionRefresher::bytesOf, sweeper);
    }

    /** The text of the tokens, and about as much again for what was read in each. */
    private static long bytesOf(RefreshedSession answer) {
        Tokens tokens = answer.tokens();
        return BYTES_BESIDE_TOKENS
                + 4L * (tokens.sessionJwt().length() + tokens.refreshJwt().length());
    }

    /**
     * The session that goes on.
     *
     * @throws TooManyWaitException if too many threads wait for answers already
     * @throws RuntimeException whatever {@link Sessions#refresh(String)} throws, to every request that waited for it
     */
    RefreshedSession refresh(String refreshJwt) {
        String asked = refreshJwt;
        RefreshedSession answer = ask(asked);
        for (int successor = 0; successor < MOST_SUCCESSORS && isOver(answer); successor++) {
            String next = answer.tokens().refreshJwt();
            if (next.equals(asked)) {
                answers.forget(asked, answer);
            }
            asked = next;
            answer = ask(asked);
        }
        return answer;
    }

    /** Who comes with the new refresh JWT alone, since the new session JWT fits into no cookie, gets the same answer. */
    void keep(RefreshedSession refreshed) {
        answers.keep(refreshed.tokens().refreshJwt(), refreshed);
    }

    /** An answer whose request had gone when it came: the next one with the same refresh JWT gets it. */
    void keepLate(String refreshJwt, RefreshedSession answer) {
        late.put(Fingerprint.of(refreshJwt), answer);
    }

    /** What a refresh JWT was refreshed to here, one after the other, as far as it is kept. */
    List<Tokens> successorsOf(String refreshJwt) {
        List<Tokens> successors = new ArrayList<>();
        String asked = refreshJwt;
        Optional<RefreshedSession> answer = kept(asked);
        while (answer.isPresent() && successors.size() < MOST_SUCCESSORS) {
            Tokens next = answer.get().tokens();
            successors.add(next);
            boolean isRotated = !next.refreshJwt().equals(asked);
            asked = next.refreshJwt();
            answer = isRotated ? kept(asked) : Optional.empty();
        }
        return successors;
    }

    private Optional<RefreshedSession> kept(String refreshJwt) {
        return late.find(Fingerprint.of(refreshJwt)).or(() -> answers.find(refreshJwt));
    }

    private RefreshedSession ask(String refreshJwt) {
        return late.find(Fingerprint.of(refreshJwt))
                .orElseGet(() -> answers.ask(refreshJwt, () -> sessions.refresh(refreshJwt)));
    }

    private boolean isOver(RefreshedSession answer) {
        return !clock.instant().isBefore(answer.session().expiresAt());
    }
}
