package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers in the browser which refresh JWT Descope refused, and since when. Where refresh JWTs rotate, a refusal may only mean that
 * another node was faster, and its answer, with the newer cookies, is still on its way: whoever clears cookies then, clears the newer
 * ones. So the refused one is cleared when the browser still sends it a while later. Immutable and thread-safe.
 */
final class RefusedSessions {
    /** Longer than an answer of another node can be on its way: it waits for Descope up to 5 seconds by default. */
    private static final Duration LATE_ANSWERS = Duration.ofSeconds(15);

    private static final Duration KEPT = Duration.ofHours(1);

    private final SessionCookies cookies;
    private final Clock clock;

    RefusedSessions(SessionCookies cookies, Clock clock) {
        this.cookies = cookies;
        this.clock = clock;
    }

    /** Whether the browser was told before that this very refresh JWT is refused; then Descope needs not be asked again. */
    boolean knows(HttpServletRequest request, String refreshJwt) {
        return marker(request, refreshJwt).isPresent();
    }

    /** Whether that was so long ago that no newer cookie can be on its way. */
    boolean isLongKnown(HttpServletRequest request, String refreshJwt) {
        Optional<String> marker = marker(request, refreshJwt);
        if (marker.isEmpty()) {
            return false;
        }
        try {
            String seconds = marker.get().substring(marker.get().indexOf('.') + 1);
            Instant since = Instant.ofEpochSecond(Long.parseLong(seconds));
            return clock.instant().isAfter(since.plus(LATE_ANSWERS));
        } catch (NumberFormatException | java.time.DateTimeException e) {
            // nothing that we wrote
            return true;
        }
    }

    void remember(HttpServletRequest request, HttpServletResponse response, String refreshJwt) {
        Instant now = clock.instant();
        String marker = Fingerprint.of(refreshJwt) + "." + now.getEpochSecond();
        cookies.write(request, response, SessionCookies.ENDED, marker, now.plus(KEPT));
    }

    /** Of this very refresh JWT; markers of others say nothing about it. */
    private Optional<String> marker(HttpServletRequest request, String refreshJwt) {
        String start = Fingerprint.of(refreshJwt) + ".";
        return cookies.values(request, SessionCookies.ENDED).stream()
                .filter(marker -> marker.startsWith(start))
                .findFirst();
    }
}
