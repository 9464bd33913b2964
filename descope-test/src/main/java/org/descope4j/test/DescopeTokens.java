package org.descope4j.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Consumer;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.session.KeySource;
import org.descope4j.session.SessionValidator;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.TokenRules;

/**
 * A Descope project whose JWTs a test mints: session and refresh JWTs that the validator of production accepts, or refuses for the
 * reason that the test asks for.
 *
 * <pre>{@code
 * DescopeTokens tokens = DescopeTokens.create();
 * SessionValidator validator = tokens.validator();
 *
 * Session session = validator.validate(tokens.session().loginId("ada@example.com").roles("admin").jwt());
 * }</pre>
 *
 * <p>{@link #create()} is for tests in one process: nothing is asked of any network. {@link #of(DescopeEmulator)} mints for whatever
 * trusts that emulator, such as an application that was deployed with its base URL: send the JWT as Bearer token, or as cookie
 * {@code DS}. A JWT of either kind is a real one, signed by a key that nobody else has; no validator is told to trust it in any other
 * way than by its key. Safe for use by several threads.
 */
public final class DescopeTokens {
    /** Of no real project: as long as one. */
    private static final String PROJECT_ID = "PTestKit" + "0".repeat(20);
    /** Where nobody listens. */
    private static final URI NOWHERE = URI.create("http://localhost:1");

    private final TokenRules rules;
    private final URI baseUri;
    private final KeySource keys;
    private final Signer signer;
    private final Clock clock;
    private final Consumer<Duration> advance;

    /** What turns claims into a JWT. */
    private interface Signer {
        String sign(Map<String, ?> claims);
    }

    private DescopeTokens(
            TokenRules rules, URI baseUri, KeySource keys, Signer signer, Clock clock, Consumer<Duration> advance) {
        this.rules = rules;
        this.baseUri = baseUri;
        this.keys = keys;
        this.signer = signer;
        this.clock = clock;
        this.advance = advance;
    }

    /**
     * Makes a project of its own, with a new key. Keep it for several tests: making a key takes a tenth of a second and more.
     *
     * @return a project that no other trusts
     */
    public static DescopeTokens create() {
        return signedBy(ProjectKey.generate("SK2" + Long.toString(System.nanoTime(), Character.MAX_RADIX)));
    }

    /**
     * Mints for an emulator's project. The emulator does not know the sessions: it refuses to refresh them, and nobody signed in.
     * {@link DescopeEmulator#signIn} is for sessions that it knows.
     *
     * @param emulator whose newest key signs, at its time
     * @return tokens that are good wherever the emulator's are
     */
    public static DescopeTokens of(DescopeEmulator emulator) {
        requireNonNull(emulator, "emulator");
        TokenRules rules = TokenRules.builder(emulator.projectId(), emulator.baseUri())
                .algorithms(EnumSet.allOf(SigningAlgorithm.class))
                .build();
        // a source of its own for each question: tests rotate keys faster than a cache may look for new ones
        KeySource keys = keyId -> KeySource.caching(() -> emulator.keySet().getBytes(UTF_8), emulator.clock())
                .find(keyId);
        return new DescopeTokens(
                rules, emulator.baseUri(), keys, emulator::sign, emulator.clock(), emulator::advanceClock);
    }

    static DescopeTokens signedBy(ProjectKey key) {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        TokenRules rules = TokenRules.forProject(PROJECT_ID, NOWHERE);
        return new DescopeTokens(rules, NOWHERE, key, key::sign, clock, clock::advance);
    }

    /**
     * Begins a session JWT: by default of {@code user@example.com}, who has neither roles nor permissions, issued now and good for 10
     * minutes.
     *
     * @return a draft to be completed by {@link TokenDraft#jwt()}
     */
    public TokenDraft session() {
        return new TokenDraft(this, TokenDraft.SESSION);
    }

    /**
     * Begins a refresh JWT: by default of {@code user@example.com}, issued now and good for 28 days.
     *
     * @return a draft to be completed by {@link TokenDraft#jwt()}
     */
    public TokenDraft refresh() {
        return new TokenDraft(this, TokenDraft.REFRESH);
    }

    /**
     * The project's ID, for {@code descope.project-id}.
     *
     * @return 28 or more letters and digits that begin with P
     */
    public String projectId() {
        return rules.projectId();
    }

    /**
     * What a validator goes by that is to accept these tokens.
     *
     * @return every default for a project of its own; every algorithm for that of an emulator
     */
    public TokenRules rules() {
        return rules;
    }

    /**
     * The public keys that verify these tokens.
     *
     * @return a source that needs no network
     */
    public KeySource keys() {
        return keys;
    }

    /**
     * The time at which tokens are issued, and at which they must be judged.
     *
     * @return the system's time in UTC plus what {@link #advanceClock} added, the same clock at each call
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Lets time pass, so that what was minted before expires. For an emulator's project it is the emulator's time that passes.
     *
     * @param step how far, from zero
     * @throws IllegalArgumentException if it is negative
     */
    public void advanceClock(Duration step) {
        advance.accept(requireNonNull(step, "step"));
    }

    /**
     * The validator of production, with these rules, keys and clock.
     *
     * @return a new one, which needs no network
     */
    public SessionValidator validator() {
        return SessionValidator.of(rules, keys, clock);
    }

    /**
     * A connection for code under test that wants a whole {@link Descope}. Its validator is {@link #validator()}; for a project of its
     * own, everything else fails as in production when Descope cannot be reached.
     *
     * @return to be closed at the end of the test
     */
    public Descope descope() {
        DescopeSettings settings = DescopeSettings.forProject(projectId())
                .baseUri(baseUri.toString())
                .clock(clock)
                .build();
        return new OfflineDescope(validator(), settings);
    }

    String sign(Map<String, ?> claims) {
        return signer.sign(claims);
    }

    /** Names the project. */
    @Override
    public String toString() {
        return "DescopeTokens[" + projectId() + "]";
    }
}
