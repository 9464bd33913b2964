package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.descope4j.Tokens;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.SessionValidator;

/**
 * Remembers the sessions that this node ended: by signing out, by another sign-in in the same browser, by a change of address. A session JWT
 * is good until it expires, whatever Descope knows; a refresh JWT may have been refreshed a moment ago, or be on its way to Descope at
 * this moment. Once the answer to a sign-out was sent, none of them signs anybody in here any more (N1, N2). Other nodes do not know. Thread-safe.
 */
final class SessionsEndedHere {
    /** Longer than session JWTs usually live; by then Descope has refused the refresh JWT, if it heard of the end. */
    private static final Duration REMEMBERED = Duration.ofHours(24);

    /** Some 60,000 of what a browser had, which is some 20,000 ended sessions: the newest stay. */
    private static final long MOST_BYTES = 16L << 20;

    /** Some 30,000 JWTs that were replaced and may still be shown. */
    private static final long MOST_BYTES_OF_REPLACED = 8L << 20;

    private static final int BYTES_OF_TEXT = 80;

    /** As long as an answer that was on its way at the end can take to arrive: it may have newer cookies, which are not to be cleared. */
    private static final Duration LATE_ANSWERS = Duration.ofSeconds(15);

    private static final int MOST_PLANTED = 4;

    private final SessionValidator validator;
    private final BrowserSessions browserSessions;
    private final SessionCookies cookies;
    private final SessionRefresher refresher;
    private final Clock clock;
    private final ShortMemory<Instant> ended;
    private final ShortMemory<String> signInOfReplaced;

    SessionsEndedHere(
            SessionValidator validator,
            BrowserSessions browserSessions,
            SessionCookies cookies,
            SessionRefresher refresher,
            Clock clock,
            Sweeper sweeper) {
        this.validator = validator;
        this.browserSessions = browserSessions;
        this.cookies = cookies;
        this.refresher = refresher;
        this.clock = clock;
        this.ended = new ShortMemory<>(REMEMBERED, MOST_BYTES, at -> BYTES_OF_TEXT, sweeper);
        this.signInOfReplaced =
                new ShortMemory<>(REMEMBERED, MOST_BYTES_OF_REPLACED, signInId -> BYTES_OF_TEXT, sweeper);
    }

    /** Whether a browser comes with what was ended here. */
    boolean knows(BrowserSession sent) {
        return endedAt(sent).isPresent();
    }

    /** The same for a session JWT or refresh JWT alone. */
    boolean knows(String jwt) {
        return !ended.isEmpty() && endedAtByJwt(jwt).isPresent();
    }

    /** Whether that was so long ago that its cookies can be cleared: no newer ones can be on their way to the browser. */
    boolean isLongAgo(BrowserSession sent) {
        return endedAt(sent)
                .filter(at -> clock.instant().isAfter(at.plus(LATE_ANSWERS)))
                .isPresent();
    }

    /**
     * To be called before the answer to a refresh is written into cookies.
     *
     * @throws EndedHereException if the session was ended while Descope was asked
     */
    void requireGoesOn(BrowserSession sent, Tokens next) {
        if (knows(sent)) {
            throw new EndedHereException();
        }
        requireGoesOn(next);
    }

    /** @throws EndedHereException if a session of these tokens was ended here */
    void requireGoesOn(Tokens tokens) {
        if (knows(tokens.sessionJwt()) || knows(tokens.refreshJwt())) {
            throw new EndedHereException();
        }
    }

    private Optional<Instant> endedAt(BrowserSession sent) {
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        return ended.find(sent.profile().signInId())
                .or(() -> endedAtByJwt(sent.refreshJwt()))
                .or(() -> endedAtByJwt(sent.sessionJwt()));
    }

    private Optional<Instant> endedAtByJwt(String jwt) {
        if (jwt.isEmpty()) {
            return Optional.empty();
        }
        String fingerprint = Fingerprint.of(jwt);
        return ended.find(fingerprint)
                .or(() -> signInOfReplaced.find(fingerprint).flatMap(ended::find));
    }

    /** A refresh replaced what a browser came with: should the new session be ended, the old JWTs are to be as well. */
    void noteReplaced(BrowserSession sent, Tokens next, String signInId) {
        Stream.of(sent.sessionJwt(), sent.refreshJwt())
                .filter(jwt -> !jwt.isEmpty() && !jwt.equals(next.refreshJwt()))
                .forEach(jwt -> signInOfReplaced.put(Fingerprint.of(jwt), signInId));
    }

    /**
     * Ends what this browser came with, what this request has written, and what that was refreshed to already.
     *
     * @return the refresh JWTs of which Descope is to hear
     */
    List<String> end(HttpServletRequest request) {
        // what came first: a refresh that is under way meanwhile finds it ended
        BrowserSession sent = browserSessions.of(request);
        signInIds(request, sent).forEach(this::note);
        sentSessionJwts(request, sent).filter(this::isGoodSessionJwt).forEach(this::noteJwt);
        List<String> refreshJwts = new ArrayList<>(browserSessions.refreshJwtsToEnd(request));
        Stream.concat(refreshJwts.stream(), Stream.of(sent.refreshJwt()))
                .filter(this::isGoodRefreshJwt)
                .forEach(this::noteJwt);
        // what was written or sent may have been refreshed before
        for (String refreshJwt : List.copyOf(refreshJwts)) {
            for (Tokens successor : refresher.successorsOf(refreshJwt)) {
                noteJwt(successor.sessionJwt());
                noteJwt(successor.refreshJwt());
                refreshJwts.add(successor.refreshJwt());
            }
        }
        return refreshJwts.stream().distinct().toList();
    }

    /** Ends a session that began here and is in no browser yet. */
    void end(Tokens tokens) {
        noteJwt(tokens.sessionJwt());
        noteJwt(tokens.refreshJwt());
    }

    private Stream<String> signInIds(HttpServletRequest request, BrowserSession sent) {
        return sent.isDisputed()
                ? browserSessions.profilesToEnd(request).map(Profile::signInId).limit(MOST_PLANTED)
                : Stream.of(sent.profile().signInId());
    }

    private Stream<String> sentSessionJwts(HttpServletRequest request, BrowserSession sent) {
        Stream<String> arrived = sent.isDisputed()
                ? cookies.values(request, SessionCookies.SESSION).stream().limit(MOST_PLANTED)
                : Stream.of(sent.sessionJwt());
        return Stream.concat(arrived, cookies.written(request, SessionCookies.SESSION).stream());
    }

    private void noteJwt(String jwt) {
        note(Fingerprint.of(jwt));
    }

    private void note(String name) {
        if (!name.isEmpty()) {
            ended.put(name, clock.instant());
        }
    }

    private boolean isGoodSessionJwt(String jwt) {
        return !jwt.isEmpty() && isGood(() -> validator.validate(jwt).expiresAt());
    }

    private boolean isGoodRefreshJwt(String jwt) {
        return !jwt.isEmpty() && isGood(() -> validator.validateRefresh(jwt).expiresAt());
    }

    /** Nobody fills this memory with what is over or was never good. */
    private boolean isGood(Supplier<Instant> end) {
        try {
            return end.get().isAfter(clock.instant());
        } catch (InvalidSessionException e) {
            return false;
        } catch (KeysUnavailableException e) {
            return true; // it may be good
        }
    }
}
