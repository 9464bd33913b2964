package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final String EXPOSED =
            "%n  EXPOSED     beyond this machine; the token in the inbox's URL is what keeps others out of it"
                    .formatted();
    private static final Logger LOGGER = System.getLogger(DescopeEmulator.class.getName());

    private final Exposure exposure;
    private final EmulatorServer server;
    private final URI baseUri;
    private final EmulatorClock clock = new EmulatorClock(Clock.systemUTC());
    private final Projects projects;
    private final Router router = new Router();
    private final RequestLog requestLog = new RequestLog(clock);
    private final FaultQueue faults = new FaultQueue();

    private DescopeEmulator(List<NewProject> plans, Exposure exposure, EmulatorServer server) {
        this.exposure = exposure;
        this.server = server;
        this.baseUri = URI.create("http://" + exposure.mainHost() + ":" + server.port());
        this.projects = new Projects(plans, baseUri, clock);
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
        return projects.first().id();
    }

    /**
     * The key for management calls.
     *
     * @return the key of {@link Builder#managementKey}, else a random one of this start
     */
    public String managementKey() {
        return projects.first().managementKey();
    }

    /**
     * The messages that Descope would have sent.
     *
     * @return the inbox, the same at each call
     */
    public Inbox inbox() {
        return projects.first().inbox();
    }

    /**
     * The users who can sign in.
     *
     * @return the users, the same at each call
     */
    public Users users() {
        return projects.first().users();
    }

    /**
     * The access keys that programs can exchange for a session JWT.
     *
     * @return the access keys, the same at each call
     */
    public AccessKeys accessKeys() {
        return projects.first().accessKeys();
    }

    /**
     * The emulator's clock, for whoever judges its JWTs in the same process and must agree about the time.
     *
     * @return the system's time in UTC, or the moment at which it was stopped, plus what {@link #advanceClock} added; the same clock at
     *     each call
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

    /**
     * Stops the emulator's clock, so that only {@link #advanceClock} moves it until {@link #reset()}. For tests that compare what two
     * moments show, which would otherwise depend on how long a busy machine takes from the one to the other. Code that judges the
     * emulator's JWTs should use {@link #clock()} then: by the system's clock they grow older than they are here.
     */
    public void stopClock() {
        clock.stop();
    }

    /** Signs with a new key from now on. The former keys stay in the key set, so JWTs that they signed remain good. */
    public void rotateKeys() {
        projects.first().rotateKeys();
    }

    /** Signs with a new key from now on, and takes the former keys out of the key set: JWTs that they signed are good no more. */
    public void rotateAndRevokeKeys() {
        projects.first().rotateAndRevokeKeys();
    }

    /**
     * Signs a user in without a link, for tests that are about something else. Whoever does not exist yet signs up by it.
     *
     * @param loginId an e-mail address, a phone number or a name
     * @return JWTs as a click on a link would have brought them
     * @throws IllegalArgumentException when the login ID is blank
     */
    public SignedIn signIn(String loginId) {
        return projects.first().signIn(loginId);
    }

    /**
     * Signs any claims with the key that signs this project's JWTs, for tests of what no sign-in brings: roles of nobody, a session that
     * expired an hour ago. Nothing is added or checked, and the emulator remembers nothing of it.
     *
     * @param claims texts, numbers, booleans, lists and maps of these, by their names
     * @return the JWT
     */
    public String sign(Map<String, ?> claims) {
        return projects.first().sign(claims);
    }

    /**
     * The public keys that verify this project's JWTs at this moment, as the key service has them.
     *
     * @return a JWKS document
     */
    public String keySet() {
        return projects.first().keySet();
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

    /**
     * The token that guards the inbox and {@code /_emulator/} when others than this machine can reach them.
     *
     * @return a random one of this start; empty when the emulator listens on the loopback interface only
     */
    public Optional<String> adminToken() {
        return exposure.adminToken();
    }

    /**
     * The project with an ID.
     *
     * @param id the project's ID
     * @return the project, the same at each call
     * @throws java.util.NoSuchElementException when there is none
     */
    public EmulatedProject project(String id) {
        return projects.find(requireNonNull(id, "id"))
                .orElseThrow(() -> new NoSuchElementException("There is no project " + id));
    }

    /**
     * Adds a project beside those that are there. {@link #reset()} drops it again.
     *
     * @param project the project to be
     * @return the project, served from now on
     * @throws IllegalArgumentException when there is a project of that ID
     */
    public EmulatedProject addProject(NewProject project) {
        return projects.add(requireNonNull(project, "project"));
    }

    /**
     * Goes back to how it was at the start: forgets messages, links, sessions, requests, faults and whatever was added since, sets the
     * clock right and lets it run, and has the users, tenants, roles and access keys of the {@link Builder} as they were. The keys that sign stay.
     */
    public void reset() {
        projects.reset();
        requestLog.clear();
        faults.clear();
        clock.reset();
    }

    /** Ends the emulator and frees its port. A second call does nothing. */
    @Override
    public void close() {
        server.close();
    }

    Projects projects() {
        return projects;
    }

    private DescopeEmulator serve() {
        new ControlApi(this, clock).addTo(router);
        new StageApi(projects).addTo(router);
        new FaultsApi(faults).addTo(router);
        new RequestsApi(requestLog).addTo(router);
        new InboxPage(projects, clock).addTo(router);
        Handler descope = requestLog.before(new Misbehaviour(faults, projects));
        Handler ours = new SamePageOnly(exposure.adminToken()
                .<Handler>map(token -> new AdminOnly(token, router))
                .orElse(router));
        server.serve(new FrontDoor(
                new KnownCallers(exposure, request -> (request.isForDescope() ? descope : ours).handle(request))));
        LOGGER.log(Level.WARNING, banner());
        return this;
    }

    private String banner() {
        String ids = projects.all().stream().map(EmulatedProject::id).collect(Collectors.joining(", "));
        return """
                DESCOPE EMULATOR - not for production: whoever reaches it can sign in as anybody
                  base URL    %s
                  inbox       %s
                  project ID  %s%s""".formatted(baseUri, inboxUri(), ids, exposure.isBeyondThisMachine() ? EXPOSED : "");
    }

    private String inboxUri() {
        return baseUri + "/inbox"
                + exposure.adminToken()
                        .map(token -> "?" + AdminOnly.PARAMETER + "=" + token)
                        .orElse("");
    }

    /** The settings of an emulator to be, and of its first project. Not safe for use by several threads. */
    public static final class Builder extends ProjectOptions<Builder> {
        private final List<NewProject> otherProjects = new ArrayList<>();
        private int port;
        private String bindAddress = "";
        private List<String> exposedAs = List.of();

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
         * Sets the address to listen on. Beyond the loopback interface this is refused unless {@link #exposedAs} is set too.
         *
         * @param address an address of this machine, {@code 0.0.0.0} for all; the loopback interface by default
         * @return this
         */
        public Builder bindAddress(String address) {
            this.bindAddress = requireNonNull(address, "address");
            return this;
        }

        /**
         * Lets others reach the emulator, at an address that {@link #bindAddress} says. Whoever does can ask for links; the inbox and
         * {@code /_emulator/} then need {@link DescopeEmulator#adminToken()}.
         *
         * @param hostNames the names or addresses by which others call this machine, without a port; requests for other names are
         *     refused. The first in alphabetical order stands in {@link DescopeEmulator#baseUri()}
         * @return this
         */
        public Builder exposedAs(String... hostNames) {
            this.exposedAs = List.of(hostNames);
            return this;
        }

        /**
         * Adds a project beside the first one, which the other methods of this builder are about.
         *
         * @param project the project to be
         * @return this
         */
        public Builder project(NewProject project) {
            otherProjects.add(requireNonNull(project, "project"));
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Starts the emulator.
         *
         * @return the running emulator
         * @throws IllegalArgumentException when a project ID, a key, a lifetime or a cookie name is not possible, when something is in a
         *     project twice, or when only one of {@link #bindAddress} and {@link #exposedAs} asks for more than the loopback interface
         * @throws UncheckedIOException when the port is taken or cannot be opened
         */
        public DescopeEmulator start() {
            return start(
                    Stream.concat(Stream.of(plan()), otherProjects.stream()).toList());
        }

        /** Starts with these projects alone. */
        DescopeEmulator start(List<NewProject> plans) {
            Exposure exposure = Exposure.of(bindAddress, exposedAs);
            EmulatorServer server = EmulatorServer.bind(exposure.addresses(), port);
            try {
                return new DescopeEmulator(plans, exposure, server).serve();
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        }
    }
}
