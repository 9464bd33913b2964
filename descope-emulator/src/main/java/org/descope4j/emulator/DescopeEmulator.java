package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Descope service on this machine: Descope's clients talk to {@link #baseUri()}, and the magic links that Descope would have sent
 * wait in the {@link #inbox()}. Safe for use by several threads.
 *
 * <p>For development and tests only. It listens on the loopback interface, makes fresh keys at each start, keeps everything in memory,
 * and lets anybody who reaches it sign in as anybody.
 *
 * <pre>{@code
 * try (DescopeEmulator descope = DescopeEmulator.start()) {
 *     // point a client at descope.baseUri() and descope.projectId(), ask for a link for ana@example.com, then
 *     URI link = descope.inbox().latest("ana@example.com").link();
 * }
 * }</pre>
 */
public final class DescopeEmulator implements AutoCloseable {
    /** The project ID unless another is chosen: recognisable, and as long as a real one. */
    static final String DEFAULT_PROJECT_ID = "PEmulator" + "0".repeat(19);

    private static final Logger LOGGER = System.getLogger(DescopeEmulator.class.getName());

    private final Project project;
    private final LoopbackServer server;
    private final URI baseUri;
    private final EmulatorClock clock = new EmulatorClock(Clock.systemUTC());
    private final SigningKeys keys;
    private final Tenants tenants = new Tenants();
    private final Users users = new Users(clock, tenants);
    private final AccessKeys accessKeys = new AccessKeys(tenants);
    private final SignInHistory history = new SignInHistory();
    private final Links links = new Links(clock);
    private final Sessions sessions;
    private final Inbox inbox = new Inbox();
    private final Router router = new Router();
    private final RequestLog requestLog = new RequestLog(clock);
    private final FaultQueue faults = new FaultQueue();
    private final TokenIssuer issuer;
    private final LinklessSignIn linklessSignIn;

    private DescopeEmulator(Project project, int port) {
        this.project = project;
        this.keys = new SigningKeys(project.algorithm(), project.id());
        this.sessions = new Sessions(clock, project.lifetimes().refreshJwt());
        this.server = LoopbackServer.bind(port);
        this.baseUri = URI.create("http://localhost:" + server.port());
        this.issuer =
                new TokenIssuer(project.issuerForm().issuer(baseUri, project.id()), project.lifetimes(), keys, clock);
        this.linklessSignIn = new LinklessSignIn(project, users, sessions, issuer);
    }

    /**
     * Starts an emulator with the default settings on a free port.
     *
     * @return the running emulator
     * @throws UncheckedIOException when no port can be opened
     */
    public static DescopeEmulator start() {
        return builder().start();
    }

    /**
     * Begins an emulator with other settings.
     *
     * @return a builder with the default settings
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs an emulator until the process is ended. {@code --help} lists the options.
     *
     * @param arguments the options
     */
    public static void main(String[] arguments) {
        int exitCode = new CommandLine(System.out, System.err).run(arguments);
        if (exitCode != CommandLine.RUNNING) {
            System.exit(exitCode);
        }
    }

    /**
     * Where the emulator listens; the base URL to give to Descope's clients.
     *
     * @return an URI like {@code http://localhost:34567}, without a slash at the end
     */
    public URI baseUri() {
        return baseUri;
    }

    /**
     * The project ID to give to Descope's clients.
     *
     * @return 28 or more letters and digits that begin with P
     */
    public String projectId() {
        return project.id();
    }

    /**
     * The key for management calls.
     *
     * @return the key of {@link Builder#managementKey}, else a random one of this start
     */
    public String managementKey() {
        return project.keys().management();
    }

    /**
     * The messages that Descope would have sent.
     *
     * @return the inbox, the same at each call
     */
    public Inbox inbox() {
        return inbox;
    }

    /**
     * The users who can sign in.
     *
     * @return the users, the same at each call
     */
    public Users users() {
        return users;
    }

    /**
     * The access keys that programs can exchange for a session JWT.
     *
     * @return the access keys, the same at each call
     */
    public AccessKeys accessKeys() {
        return accessKeys;
    }

    /**
     * The emulator's clock, for whoever judges its JWTs in the same process and must agree about the time.
     *
     * @return the system's time in UTC plus what {@link #advanceClock} added, the same clock at each call
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Moves the emulator's clock forward, so that links and refresh JWTs expire there. JWTs made afterwards bear the later time: whoever
     * judges them by another clock may find them issued in the future, and should use {@link #clock()}.
     *
     * @param step how far, from zero
     * @throws IllegalArgumentException when the step is negative, or leads more than a hundred years ahead
     */
    public void advanceClock(Duration step) {
        clock.advance(requireNonNull(step, "step"));
    }

    /** Signs with a new key from now on. The former keys stay in the key set, so JWTs that they signed remain good. */
    public void rotateKeys() {
        keys.rotate();
    }

    /** Signs with a new key from now on, and takes the former keys out of the key set: JWTs that they signed are good no more. */
    public void rotateAndRevokeKeys() {
        keys.rotateAndRevoke();
    }

    /**
     * Signs a user in without a link, for tests that are about something else. Whoever does not exist yet signs up by it.
     *
     * @param loginId an e-mail address, a phone number or a name
     * @return JWTs as a click on a link would have brought them
     * @throws IllegalArgumentException when the login ID is blank
     */
    public SignedIn signIn(String loginId) {
        return linklessSignIn.by(requireNonNull(loginId, "loginId"));
    }

    /**
     * Signs any claims with the key that signs this project's JWTs, for tests of what no sign-in brings: roles of nobody, a session that
     * expired an hour ago. Nothing is added or checked, and the emulator remembers nothing of it.
     *
     * @param claims texts, numbers, booleans, lists and maps of these, by their names
     * @return the JWT
     */
    public String sign(Map<String, ?> claims) {
        JWTClaimsSet.Builder claimsSet = new JWTClaimsSet.Builder();
        requireNonNull(claims, "claims").forEach(claimsSet::claim);
        return keys.sign(claimsSet.build());
    }

    /**
     * The public keys that verify this project's JWTs at this moment, as the key service has them.
     *
     * @return a JWKS document
     */
    public String keySet() {
        return Json.write(Json.object().add("keys", keys.publicKeys()).build());
    }

    /**
     * Lets something go wrong with the next requests to Descope's paths. Each request meets at most one fault, the first that befalls it.
     *
     * @param faults what goes wrong, after the faults that are still to come
     */
    public void misbehave(Fault... faults) {
        for (Fault fault : faults) {
            this.faults.add(requireNonNull(fault, "fault"));
        }
    }

    /**
     * The newest 1,000 requests to Descope's paths, with everything in them, secrets too.
     *
     * @return a snapshot, oldest first
     */
    public List<RecordedRequest> requests() {
        return requestLog.requests();
    }

    /** Forgets messages, links, sessions, users, tenants, access keys, requests and faults, and sets the clock right. The keys stay. */
    public void reset() {
        links.clear();
        sessions.clear();
        users.clear();
        tenants.clear();
        accessKeys.clear();
        history.clear();
        inbox.clear();
        requestLog.clear();
        faults.clear();
        clock.reset();
    }

    /** Ends the emulator and frees its port. A second call does nothing. */
    @Override
    public void close() {
        server.close();
    }

    /** What is served, so that a test can compare it with what the documentation says. */
    Set<String> calls() {
        return router.calls();
    }

    private DescopeEmulator serve() {
        RedirectUrl defaultRedirect = new RedirectUrl(baseUri + InboxPage.LANDING_PATH);
        Credentials credentials = new Credentials(project, sessions, issuer);
        LinkSender sender = new LinkSender(project, links, inbox, clock);
        SessionAnswers answers = new SessionAnswers(project.cookies(), issuer, clock);
        new MagicLinkApi(project, credentials, users, sender, defaultRedirect).addTo(router);
        new UpdateApi(credentials, users, sender, defaultRedirect).addTo(router);
        new VerifyApi(credentials, users, links, sessions, answers, history, clock).addTo(router);
        new SessionApi(project, credentials, users, sessions, answers).addTo(router);
        new MeApi(credentials, users, history).addTo(router);
        new ValidateApi(credentials, issuer).addTo(router);
        new AccessKeyApi(credentials, accessKeys, issuer, clock).addTo(router);
        new ManagementApi(credentials, users, sessions).addTo(router);
        new TestLinkApi(credentials, users, sender, defaultRedirect).addTo(router);
        new KeysApi(credentials, keys).addTo(router);
        new ControlApi(this, clock, keys).addTo(router);
        new FaultsApi(faults).addTo(router);
        new RequestsApi(requestLog).addTo(router);
        new InboxPage(project, inbox, links, clock).addTo(router);
        server.serve(new FrontDoor(new LocalCallers(requestLog.before(new Misbehaviour(faults, router)))));
        LOGGER.log(Level.WARNING, banner());
        return this;
    }

    private String banner() {
        return """
                DESCOPE EMULATOR - not for production: whoever reaches it can sign in as anybody
                  base URL    %s
                  inbox       %s/inbox
                  project ID  %s""".formatted(baseUri, baseUri, project.id());
    }

    /** The settings of an emulator to be. Not safe for use by several threads. */
    public static final class Builder {
        private int port;
        private String projectId = DEFAULT_PROJECT_ID;
        private Duration sessionLifetime = Duration.ofMinutes(10);
        private Duration refreshLifetime = Duration.ofDays(28);
        private Duration linkLifetime = Duration.ofMinutes(3);
        private List<String> rolesForNewUsers = List.of();
        private boolean rotatesRefreshTokens;
        private Optional<String> managementKey = Optional.empty();
        private String authManagementKey = "";
        private boolean tokensInCookies;
        private String sessionCookieName = "DS";
        private String refreshCookieName = "DSR";
        private SigningAlgorithm signingAlgorithm = SigningAlgorithm.RS256;
        private IssuerForm issuerForm = IssuerForm.PROJECT_ID;

        private Builder() {}

        /**
         * Sets the port to listen on.
         *
         * @param port 1 to 65535, or 0, the default, for any free one
         * @return this
         */
        public Builder port(int port) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("A port is a number from 0 to 65535, not " + port);
            }
            this.port = port;
            return this;
        }

        /**
         * Sets the project ID.
         *
         * @param projectId P and at least 27 more letters and digits, as the official Java SDK demands; the default is
         *     {@code PEmulator} and zeros
         * @return this
         */
        public Builder projectId(String projectId) {
            this.projectId = requireNonNull(projectId, "projectId");
            return this;
        }

        /**
         * Sets how long a session JWT is good.
         *
         * @param lifetime from one second; the default is 10 minutes, as in a new Descope project
         * @return this
         */
        public Builder sessionLifetime(Duration lifetime) {
            this.sessionLifetime = requireNonNull(lifetime, "lifetime");
            return this;
        }

        /**
         * Sets how long a refresh JWT is good.
         *
         * @param lifetime from one second; the default is 28 days, as in a new Descope project
         * @return this
         */
        public Builder refreshLifetime(Duration lifetime) {
            this.refreshLifetime = requireNonNull(lifetime, "lifetime");
            return this;
        }

        /**
         * Sets how long a magic link is good.
         *
         * @param lifetime from one second; the default is 3 minutes, the shortest that Descope's documentation advises
         * @return this
         */
        public Builder linkLifetime(Duration lifetime) {
            this.linkLifetime = requireNonNull(lifetime, "lifetime");
            return this;
        }

        /**
         * Sets the roles of users who sign up.
         *
         * @param roles the roles' names; none by default
         * @return this
         */
        public Builder rolesForNewUsers(String... roles) {
            this.rolesForNewUsers = List.of(roles);
            return this;
        }

        /**
         * Chooses whether each refresh issues a new refresh JWT and ends the former one.
         *
         * @param rotates false by default
         * @return this
         */
        public Builder rotatesRefreshTokens(boolean rotates) {
            this.rotatesRefreshTokens = rotates;
            return this;
        }

        /**
         * Sets the key that management calls need.
         *
         * @param key printable ASCII without spaces and colons; a random one by default
         * @return this
         */
        public Builder managementKey(String key) {
            this.managementKey = Optional.of(key);
            return this;
        }

        /**
         * Makes every call that signs users in demand a key at the end of its Authorization, as a project does that has closed its
         * sign-in to other callers.
         *
         * @param key printable ASCII without spaces and colons; none by default
         * @return this
         */
        public Builder authManagementKey(String key) {
            this.authManagementKey = requireNonNull(key, "key");
            return this;
        }

        /**
         * Chooses whether JWTs come as cookies, with nothing in the fields of the body, as in projects that manage tokens in cookies.
         *
         * @param inCookies false by default
         * @return this
         */
        public Builder tokensInCookies(boolean inCookies) {
            this.tokensInCookies = inCookies;
            return this;
        }

        /**
         * Sets the names of the cookies, which answers tell in any case.
         *
         * @param sessionCookie the session JWT's; {@code DS} by default
         * @param refreshCookie the refresh JWT's; {@code DSR} by default
         * @return this
         */
        public Builder cookieNames(String sessionCookie, String refreshCookie) {
            this.sessionCookieName = requireNonNull(sessionCookie, "sessionCookie");
            this.refreshCookieName = requireNonNull(refreshCookie, "refreshCookie");
            return this;
        }

        /**
         * Chooses how JWTs are signed.
         *
         * @param algorithm RS256 by default
         * @return this
         */
        public Builder signingAlgorithm(SigningAlgorithm algorithm) {
            this.signingAlgorithm = requireNonNull(algorithm, "algorithm");
            return this;
        }

        /**
         * Chooses what the issuer of the JWTs looks like.
         *
         * @param form the project ID alone by default
         * @return this
         */
        public Builder issuerForm(IssuerForm form) {
            this.issuerForm = requireNonNull(form, "form");
            return this;
        }

        /**
         * Starts the emulator.
         *
         * @return the running emulator
         * @throws IllegalArgumentException when the project ID, a key, a lifetime or a cookie name is not possible
         * @throws UncheckedIOException when the port is taken or cannot be opened
         */
        public DescopeEmulator start() {
            Project project = new Project(
                    projectId,
                    new Lifetimes(sessionLifetime, refreshLifetime, linkLifetime),
                    new ManagementKeys(
                            managementKey.orElseGet(() -> RandomText.id("K2") + RandomText.secret()),
                            authManagementKey),
                    new TokenCookies(tokensInCookies, sessionCookieName, refreshCookieName),
                    signingAlgorithm,
                    issuerForm,
                    rolesForNewUsers,
                    rotatesRefreshTokens);
            return new DescopeEmulator(project, port).serve();
        }
    }
}
