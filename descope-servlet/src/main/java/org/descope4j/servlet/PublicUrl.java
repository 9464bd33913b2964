package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where browsers reach this application: scheme, host, port and context path, from configuration. The Host header and
 * X-Forwarded-* never decide it, since a link is built from it (S4). Only while Descope itself is on this machine, a request to this
 * machine may stand in for it. Immutable.
 */
final class PublicUrl {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final @Nullable URI configured;

    private PublicUrl(@Nullable URI configured) {
        this.configured = configured;
    }

    /** From the request, which must be to this machine; for development beside an emulator. */
    static PublicUrl ofLoopbackRequests() {
        return new PublicUrl(null);
    }

    /**
     * @param text absolute, https (http for a loopback host only), without user info, query and fragment
     * @throws IllegalArgumentException for anything else
     */
    static PublicUrl of(String text) {
        URI uri = parsed(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        boolean plain = uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        boolean safe = "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost()));
        if (!plain || !safe) {
            throw new IllegalArgumentException(
                    "descope.public-url refused: expected https://host[:port][/context-path], or http on localhost; links in "
                            + "messages are built from it");
        }
        return new PublicUrl(uri);
    }

    /** Scheme, host and port, as browsers write them into {@code Origin}. */
    String origin(HttpServletRequest request) {
        return base(request).map(PublicUrl::originOf).orElse("");
    }

    /** A path of this application as an absolute URI; empty where the request is not to this machine and nothing is configured. */
    Optional<URI> resolve(HttpServletRequest request, String pathBelowContext) {
        return base(request).map(base -> URI.create(base + pathBelowContext));
    }

    /** Whether cookies must be kept to https: always, but for http on this machine. */
    boolean isSecure(HttpServletRequest request) {
        return base(request).map(base -> "https".equals(base.getScheme())).orElse(true);
    }

    /** Whether browsers reach the application by https, whatever the request looks like here. */
    boolean isAlwaysSecure() {
        return configured != null && "https".equals(configured.getScheme());
    }

    /** The configured host; empty where requests say it. */
    Optional<String> host() {
        return Optional.ofNullable(configured).map(URI::getHost);
    }

    /** The configured context path; empty where requests say it. */
    Optional<String> path() {
        return Optional.ofNullable(configured).map(URI::getPath);
    }

    /** The same text for every spelling of the configured URL; empty where requests say it. */
    String normalised() {
        return configured == null
                ? ""
                : originOf(configured).toLowerCase(Locale.ROOT)
                        + Objects.requireNonNullElse(configured.getRawPath(), "");
    }

    private Optional<URI> base(HttpServletRequest request) {
        if (configured != null) {
            return Optional.of(configured);
        }
        if (!LOOPBACK.contains(request.getServerName())) {
            return Optional.empty();
        }
        String host = request.getServerName().equals("::1") ? "[::1]" : request.getServerName();
        return Optional.of(URI.create(
                request.getScheme() + "://" + host + ":" + request.getServerPort() + request.getContextPath()));
    }

    private static String originOf(URI uri) {
        boolean defaultPort = uri.getPort() < 0
                || (uri.getPort() == 443 && "https".equals(uri.getScheme()))
                || (uri.getPort() == 80 && "http".equals(uri.getScheme()));
        return uri.getScheme() + "://" + uri.getHost() + (defaultPort ? "" : ":" + uri.getPort());
    }

    private static URI parsed(String text) {
        try {
            return new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("descope.public-url cannot be read: " + e.getReason(), e);
        }
    }

    /** The configured URL, or that requests decide. */
    @Override
    public String toString() {
        return configured == null ? "taken from requests to this machine" : configured.toString();
    }
}
