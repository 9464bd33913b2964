package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses, once for each request, which of the session's cookies count. Any host below the same domain, and any page on plain http, can
 * plant cookies beside ours (cookie tossing), and their order says nothing. So the seal decides: a genuine set is a refresh JWT with the
 * profile that was sealed for it, and the session JWT that was written with them. An incomplete planted set loses to it; of two complete
 * sets none counts (N6, C3 to C5). No signature is checked here, and the work grows with the length of the header only. Immutable and
 * thread-safe.
 */
final class BrowserSessions {
    private static final String CHOSEN = BrowserSessions.class.getName();
    /** Of those that a person who signs out may have; each is a call of Descope. */
    private static final int MOST_TO_END = 4;

    private final SessionCookies cookies;
    private final Seal profileSeal;

    BrowserSessions(SessionCookies cookies, Seal profileSeal) {
        this.cookies = cookies;
        this.profileSeal = profileSeal;
    }

    /** A refresh JWT and what was sealed for it. */
    private record Pair(String refreshJwt, Profile profile) {
        /** Holds a token: never in a log. */
        @Override
        public String toString() {
            return "Pair[redacted]";
        }
    }

    /** The session that this request came with. */
    BrowserSession of(HttpServletRequest request) {
        // another application that a request is forwarded to has cookies of its own
        String chosen = ApplicationAttribute.of(request, CHOSEN);
        if (request.getAttribute(chosen) instanceof BrowserSession known) {
            return known;
        }
        BrowserSession session = choose(request);
        request.setAttribute(chosen, session);
        return session;
    }

    /** The refresh JWT that the browser has from now on: what this request wrote, else what counts of what it came with. */
    String refreshJwt(HttpServletRequest request) {
        return cookies.written(request, SessionCookies.REFRESH)
                .orElseGet(() -> of(request).refreshJwt());
    }

    /**
     * The refresh JWTs that end when the person at this browser signs out: where two sets came, nobody can tell which one is theirs, so all
     * do that were sealed here.
     */
    List<String> refreshJwtsToEnd(HttpServletRequest request) {
        if (!of(request).isDisputed()) {
            return Stream.of(refreshJwt(request)).filter(jwt -> !jwt.isEmpty()).toList();
        }
        List<String> complete =
                pairs(request).stream().map(Pair::refreshJwt).distinct().toList();
        List<String> sent = complete.isEmpty() ? cookies.values(request, SessionCookies.REFRESH) : complete;
        return sent.stream().limit(MOST_TO_END).toList();
    }

    /** The profiles of all the sets that came. */
    Stream<Profile> profilesToEnd(HttpServletRequest request) {
        return pairs(request).stream().map(Pair::profile);
    }

    private BrowserSession choose(HttpServletRequest request) {
        List<String> sessionJwts = cookies.values(request, SessionCookies.SESSION);
        List<String> refreshJwts = cookies.values(request, SessionCookies.REFRESH);
        List<Pair> pairs = pairs(request);
        if (pairs.size() > 1) {
            return BrowserSession.DISPUTED;
        }
        if (pairs.size() == 1) {
            Pair genuine = pairs.get(0);
            return BrowserSession.complete(
                    sessionJwtOf(genuine.profile(), sessionJwts), genuine.refreshJwt(), genuine.profile());
        }
        Set<String> owners = profiles(request).map(Profile::subject).collect(Collectors.toSet());
        if (sessionJwts.size() > 1 || refreshJwts.size() > 1 || owners.size() > 1) {
            return BrowserSession.DISPUTED;
        }
        return BrowserSession.alone(
                only(sessionJwts),
                only(refreshJwts),
                owners.stream().findFirst().orElse(""));
    }

    /** The one that was written with the profile; without it one that came alone, which is the owner's or will be left out. */
    private static String sessionJwtOf(Profile profile, List<String> sessionJwts) {
        return sessionJwts.stream()
                .filter(profile::wasWrittenWith)
                .findFirst()
                .orElse(sessionJwts.size() == 1 ? sessionJwts.get(0) : "");
    }

    private List<Pair> pairs(HttpServletRequest request) {
        Map<String, String> refreshJwts = new HashMap<>();
        cookies.values(request, SessionCookies.REFRESH).forEach(jwt -> refreshJwts.put(Fingerprint.of(jwt), jwt));
        List<Pair> pairs = new ArrayList<>();
        profiles(request)
                .filter(profile -> refreshJwts.containsKey(profile.refreshMark()))
                .map(profile -> new Pair(refreshJwts.getOrDefault(profile.refreshMark(), ""), profile))
                .distinct()
                .forEach(pairs::add);
        return pairs;
    }

    private Stream<Profile> profiles(HttpServletRequest request) {
        return cookies.values(request, SessionCookies.PROFILE).stream()
                .flatMap(value -> profileSeal.open(value).stream())
                .flatMap(bytes -> Profile.fromBytes(bytes).stream());
    }

    private static String only(List<String> values) {
        return values.isEmpty() ? "" : values.get(0);
    }
}
