package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.descope4j.session.SessionValidator;
import org.descope4j.session.SigningAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Which Descope project, where it is reached, and how patiently. Immutable, checked once when built; the keys in it are secrets, and nothing prints
 * them.
 */
public final class DescopeSettings {
    private static final Pattern PROJECT_ID = Pattern.compile("P[0-9A-Za-z]{27,31}");
    private static final String EMULATOR_PREFIX = "PEmulator";
    private static final int REGIONAL_ID_LENGTH = 32;
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private final String projectId;
    private final URI baseUri;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final Duration leeway;
    private final Set<SigningAlgorithm> algorithms;
    private final Set<String> audiences;
    private final int maxConcurrentCalls;
    private final int rememberedTokens;
    private final Optional<String> managementKey;
    private final Optional<String> authManagementKey;
    private final Clock clock;

    private DescopeSettings(Builder builder) {
        projectId = checkedProjectId(builder.projectId);
        baseUri = checkedBaseUri(builder.baseUri == null ? defaultBaseUri(projectId) : builder.baseUri);
        connectTimeout = checkedTimeout("connect timeout", builder.connectTimeout);
        readTimeout = checkedTimeout("read timeout", builder.readTimeout);
        leeway = builder.leeway;
        algorithms = Set.copyOf(builder.algorithms);
        audiences = builder.audiences;
        maxConcurrentCalls = builder.maxConcurrentCalls;
        rememberedTokens = builder.rememberedTokens;
        managementKey = Optional.ofNullable(builder.managementKey);
        authManagementKey = Optional.ofNullable(builder.authManagementKey);
        clock = builder.clock;
        if (projectId.startsWith(EMULATOR_PREFIX) && !isLoopback(baseUri)) {
            throw new IllegalArgumentException(
                    "Project ID " + projectId + " is the emulator's, but the base URL " + baseUri
                            + " is not on this machine: set the project ID of a real project, or the emulator's base URL");
        }
    }

    /**
     * Starts from a project ID, which is all that is needed to reach the real service.
     *
     * @param projectId from the Descope console: {@code P} and 27 letters or digits, or 31 where it names a region
     * @return a builder with the defaults below
     */
    public static Builder forProject(String projectId) {
        return new Builder(projectId);
    }

    /**
     * The project ID.
     *
     * @return such as {@code P2abcdefghijklmnopqrstuvwxyz}
     */
    public String projectId() {
        return projectId;
    }

    /**
     * Where the service is.
     *
     * @return without a trailing slash; {@code https://api.descope.com} by default, or the region's host where the project ID
     *     names a region
     */
    public URI baseUri() {
        return baseUri;
    }

    /**
     * How long a connection may take to be made.
     *
     * @return 3 seconds by default: a host that does not answer by then is down, and a person is waiting
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * How long an answer may take, from the request to its last byte. A refresh goes on behind its caller for up to a minute.
     *
     * @return 5 seconds by default
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * By how much the clocks of Descope and this machine may differ when a JWT's times are judged.
     *
     * @return 5 seconds by default, as in Descope's own clients
     */
    public Duration leeway() {
        return leeway;
    }

    /**
     * The algorithms that a JWT may be signed with.
     *
     * @return RS256 alone by default: what Descope signs with today
     */
    public Set<SigningAlgorithm> algorithms() {
        return algorithms;
    }

    /**
     * The audiences of which every JWT must name at least one.
     *
     * @return empty by default: then a JWT names none, or the project
     */
    public Set<String> audiences() {
        return audiences;
    }

    /**
     * How many calls may wait for Descope at a time. One more waits for a place as long as Descope goes on answering others, at most the
     * read timeout, and is told that Descope is unavailable where it answers nobody for 2 seconds. So a Descope that hangs cannot take
     * every thread of a server. As many refreshes may go on behind their callers, in threads of their own.
     *
     * @return 32 by default
     */
    public int maxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    /**
     * How many genuine tokens are remembered, so that their signatures are checked once.
     *
     * @return 10000 by default, which is two for each of 5,000 users, and some 35 MB when all of them are there
     */
    public int rememberedTokens() {
        return rememberedTokens;
    }

    /**
     * The key for {@link Descope#testUsers()}. A secret.
     *
     * @return absent by default
     */
    public Optional<String> managementKey() {
        return managementKey;
    }

    /**
     * The key that a project can demand with every call, so that nobody else's client can make them. A secret.
     *
     * @return absent by default
     */
    public Optional<String> authManagementKey() {
        return authManagementKey;
    }

    /**
     * What tells the time.
     *
     * @return the system clock by default
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Whether the service is on this machine, as an emulator is.
     *
     * @return true for {@code localhost}, {@code 127.0.0.0/8} and {@code ::1}
     */
    public boolean isLoopback() {
        return isLoopback(baseUri);
    }

    /** Everything but the clock and the keys. */
    @Override
    public String toString() {
        return "DescopeSettings[projectId=" + projectId + ", baseUri=" + baseUri + ", connectTimeout=" + connectTimeout
                + ", readTimeout=" + readTimeout + ", leeway=" + leeway + ", algorithms=" + algorithms + ", audiences="
                + audiences
                + ", maxConcurrentCalls=" + maxConcurrentCalls + ", rememberedTokens=" + rememberedTokens
                + ", managementKey=" + shown(managementKey)
                + ", authManagementKey=" + shown(authManagementKey) + "]";
    }

    private static String shown(Optional<String> secret) {
        return secret.isPresent() ? "set" : "not set";
    }

    private static String checkedProjectId(String projectId) {
        if (!PROJECT_ID.matcher(projectId).matches()) {
            throw new IllegalArgumentException(
                    "Not a Descope project ID: expected P and 27 to 31 letters or digits, got " + projectId.length()
                            + " characters; copy it from the project's settings in the Descope console");
        }
        return projectId;
    }

    /** The region is what stands between the P and the last 27 characters of a 32-character ID. */
    private static String defaultBaseUri(String projectId) {
        return projectId.length() < REGIONAL_ID_LENGTH
                ? "https://api.descope.com"
                : "https://api." + projectId.substring(1, 5).toLowerCase(Locale.ROOT) + ".descope.com";
    }

    private static URI checkedBaseUri(String text) {
        URI uri = parsed(text);
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw badBaseUri("an absolute URL of scheme, host, optional port and path, and nothing else");
        }
        if (uri.getPort() > 65_535) {
            throw badBaseUri("a port up to 65535");
        }
        boolean acceptable = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLoopback(uri));
        if (!acceptable) {
            throw badBaseUri(
                    "https, or http on this machine only (localhost, 127.0.0.1, [::1]), since tokens travel there");
        }
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    private static URI parsed(String text) {
        try {
            return new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Base URL cannot be read: " + e.getReason(), e);
        }
    }

    private static IllegalArgumentException badBaseUri(String expected) {
        return new IllegalArgumentException("Base URL refused: expected " + expected);
    }

    private static boolean isLoopback(URI uri) {
        String host = uri.getHost();
        return "localhost".equals(host) || "[::1]".equals(host) || isLoopbackV4(host);
    }

    private static boolean isLoopbackV4(String host) {
        if (!LOOPBACK_V4.matcher(host).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // 127.999.0.1 looks like an address and is none
            return false;
        }
    }

    private static Duration checkedTimeout(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("The " + name
                    + " must be longer than nothing and at most a minute, since requests wait for it; got " + timeout);
        }
        return timeout;
    }

    /** Collects settings; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private final String projectId;
        private @Nullable String baseUri;
        private Duration connectTimeout = Duration.ofSeconds(3);
        private Duration readTimeout = Duration.ofSeconds(5);
        private Duration leeway = Duration.ofSeconds(5);
        private Set<SigningAlgorithm> algorithms = Set.of(SigningAlgorithm.RS256);
        private Set<String> audiences = Set.of();
        private int maxConcurrentCalls = 32;
        private int rememberedTokens = SessionValidator.REMEMBERED_TOKENS;
        private @Nullable String managementKey;
        private @Nullable String authManagementKey;
        private Clock clock = Clock.systemUTC();

        private Builder(String projectId) {
            this.projectId = requireNonNull(projectId, "projectId");
        }

        /**
         * Sets where the service is: a custom domain, a gateway (with its path), or an emulator on this machine.
         *
         * @param baseUri https, or http on a loopback host; no user info, query or fragment; a trailing slash is dropped
         * @return this
         */
        public Builder baseUri(String baseUri) {
            this.baseUri = requireNonNull(baseUri, "baseUri");
            return this;
        }

        /**
         * Sets how long a connection may take.
         *
         * @param connectTimeout up to a minute
         * @return this
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = requireNonNull(connectTimeout, "connectTimeout");
            return this;
        }

        /**
         * Sets how long an answer may take.
         *
         * @param readTimeout up to a minute
         * @return this
         */
        public Builder readTimeout(Duration readTimeout) {
            this.readTimeout = requireNonNull(readTimeout, "readTimeout");
            return this;
        }

        /**
         * Sets by how much clocks may differ.
         *
         * @param leeway up to 5 minutes: more would keep expired sessions alive
         * @return this
         */
        public Builder leeway(Duration leeway) {
            this.leeway = requireNonNull(leeway, "leeway");
            return this;
        }

        /**
         * Sets the algorithms that a JWT may be signed with.
         *
         * @param algorithms at least one; older Descope projects sign ES384
         * @return this
         * @throws IllegalArgumentException if there is none
         */
        public Builder algorithms(Set<SigningAlgorithm> algorithms) {
            if (algorithms.isEmpty()) {
                throw new IllegalArgumentException("At least one algorithm is needed: RS256, ES256 or ES384");
            }
            this.algorithms = Set.copyOf(algorithms);
            return this;
        }

        /**
         * Sets the audience that every JWT must name, as a project or application can be set to write it.
         *
         * @param audience compared as an exact string
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder audience(String audience) {
            return audiences(Set.of(requireNonNull(audience, "audience")));
        }

        /**
         * Sets several audiences, of which every JWT must name at least one: for a service that stands behind more than one.
         *
         * @param audiences compared as exact strings
         * @return this
         * @throws IllegalArgumentException if there is none, or one is blank
         */
        public Builder audiences(Set<String> audiences) {
            if (audiences.isEmpty()) {
                throw new IllegalArgumentException(
                        "At least one audience is needed; leave them out where there is none");
            }
            audiences.forEach(audience -> Arguments.text("audience", audience));
            this.audiences = Set.copyOf(audiences);
            return this;
        }

        /**
         * Sets how many calls may wait for Descope at a time.
         *
         * @param maxConcurrentCalls at least 1; less than the threads that serve requests, or it protects nothing
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxConcurrentCalls(int maxConcurrentCalls) {
            if (maxConcurrentCalls < 1) {
                throw new IllegalArgumentException(
                        "At least one call at a time must be possible, got " + maxConcurrentCalls);
            }
            this.maxConcurrentCalls = maxConcurrentCalls;
            return this;
        }

        /**
         * Sets how many genuine tokens are remembered, by the digest of their text: a signature check costs more than ten times
         * as much as finding one there. The one that was not used the longest is forgotten first.
         *
         * @param rememberedTokens 0 for none; a signed-in user has two
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder rememberedTokens(int rememberedTokens) {
            if (rememberedTokens < 0) {
                throw new IllegalArgumentException("0 tokens or more can be remembered, got " + rememberedTokens);
            }
            this.rememberedTokens = rememberedTokens;
            return this;
        }

        /**
         * Sets the management key, for test users only. It can do whatever the project's management API can: do not give it to an
         * application that faces the public.
         *
         * @param managementKey as the Descope console showed it once
         * @return this
         * @throws IllegalArgumentException if it has characters that no key has; the message does not show it
         */
        public Builder managementKey(String managementKey) {
            this.managementKey = Arguments.key("management key", managementKey);
            return this;
        }

        /**
         * Sets the key that goes with every call, where the project demands one.
         *
         * @param authManagementKey as the Descope console showed it once
         * @return this
         * @throws IllegalArgumentException if it has characters that no key has; the message does not show it
         */
        public Builder authManagementKey(String authManagementKey) {
            this.authManagementKey = Arguments.key("auth management key", authManagementKey);
            return this;
        }

        /**
         * Sets what tells the time; for tests.
         *
         * @param clock the clock
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Checks everything.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value is not acceptable; the message says which, what was expected and what to do
         */
        public DescopeSettings build() {
            return new DescopeSettings(this);
        }
    }
}
