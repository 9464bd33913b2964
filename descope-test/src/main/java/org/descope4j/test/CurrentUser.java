package org.descope4j.test;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.descope4j.servlet.DescopePrincipal;
import org.descope4j.servlet.ProvenUser;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/**
 * Who is signed in at this moment of a test. A parameter of a test method, of {@code @BeforeEach} and {@code @AfterEach}; in tests
 * with Weld's JUnit extension also to be injected.
 *
 * <p>Whenever somebody is asked for, the validator of production judges the session JWT by this test's clock: who has a session that
 * expired or is refused is nobody here, as in production. There is no refresh JWT, so nothing is refreshed.
 *
 * <p>Another user in the middle of a test is another user from then on for what is injected; requests that were made before keep
 * theirs. For one test, on whichever thread.
 */
public final class CurrentUser {
    private volatile State state = new State(DescopeTokens.signedBy(ProjectKey.ofThisRun()), Optional.empty());

    /** Tokens of a test, and who they say is signed in. */
    private record State(DescopeTokens tokens, Optional<Somebody> somebody) {}

    /** What a browser would bring, and what the JWT does not say. */
    private static final class Somebody {
        private final String sessionJwt;
        private final String loginId;
        private final String name;
        /** The same at each judgement, so that principals of one session are equal. */
        private final AtomicReference<@Nullable Session> proof = new AtomicReference<>();

        Somebody(TokenDraft draft) {
            this.sessionJwt = draft.jwt();
            this.loginId = draft.loginId();
            this.name = draft.name();
        }

        Optional<ProvenUser> judgedBy(SessionValidator validator) {
            try {
                proof.compareAndSet(null, validator.validate(sessionJwt));
            } catch (InvalidSessionException e) {
                return Optional.empty(); // as the filter decides: a session that is refused signs nobody in
            }
            return Optional.ofNullable(proof.get())
                    .map(session -> ProvenUser.of(session).withLoginId(loginId).withName(name));
        }
    }

    CurrentUser() {}

    /**
     * Who is signed in.
     *
     * @return absent while nobody is, and when the session has expired or is refused
     */
    public Optional<DescopePrincipal> find() {
        return DescopePrincipal.of(in(TestRequest.get("/")));
    }

    /**
     * A request of the current user to the root of the application.
     *
     * @return with {@code getUserPrincipal}, {@code getRemoteUser}, {@code isUserInRole} and {@code getAuthType} as in production
     */
    public HttpServletRequest request() {
        return in(TestRequest.get("/"));
    }

    /**
     * Makes a request one of the current user's: a {@link TestRequest}, or any other, of a library or of your own, that keeps
     * attributes.
     *
     * @param request is told by an attribute who its user is
     * @return the request to hand to the code under test
     */
    public HttpServletRequest in(HttpServletRequest request) {
        Optional<ProvenUser> user = judged();
        if (user.isEmpty()) {
            ProvenUser.signOut(request);
            return request;
        }
        return user.get().signIn(request);
    }

    /**
     * What a Jakarta REST server hands to a resource for a request of the current user.
     *
     * @return agrees with {@link #request()}, which it asks
     */
    public SecurityContext securityContext() {
        return new RequestSecurityContext(request());
    }

    /**
     * The session JWT, for code that takes one.
     *
     * @return the bare JWT
     * @throws IllegalStateException while nobody is signed in
     */
    public String sessionJwt() {
        return state.somebody()
                .map(somebody -> somebody.sessionJwt)
                .orElseThrow(() -> new IllegalStateException("Nobody is signed in: become(tokens().session()…) first"));
    }

    /**
     * The project of this test, which judges the user.
     *
     * @return begins drafts for {@link #become}
     */
    public DescopeTokens tokens() {
        return state.tokens();
    }

    /**
     * Signs somebody else in. Whom a validator refuses is nobody.
     *
     * @param session of {@link #tokens()}
     */
    public void become(TokenDraft session) {
        become(Optional.of(new Somebody(session)));
    }

    /** Signs out: from now on nobody is signed in. */
    public void becomeNobody() {
        become(Optional.empty());
    }

    /**
     * Does something as somebody else, and goes on as before.
     *
     * @param session of {@link #tokens()}
     * @param action what to do
     * @throws Throwable what the action throws
     */
    public void as(TokenDraft session, Executable action) throws Throwable {
        Optional<Somebody> before = state.somebody();
        become(session);
        try {
            action.execute();
        } finally {
            become(before);
        }
    }

    /**
     * Does something with nobody signed in, and goes on as before.
     *
     * @param action what to do
     * @throws Throwable what the action throws
     */
    public void asNobody(Executable action) throws Throwable {
        Optional<Somebody> before = state.somebody();
        becomeNobody();
        try {
            action.execute();
        } finally {
            become(before);
        }
    }

    /**
     * Lets time pass for this test, so that sessions expire.
     *
     * @param step how far, from zero
     */
    public void advanceClock(Duration step) {
        tokens().advanceClock(step);
        tellContainer();
    }

    /** Lets the session expire, by {@link #advanceClock}. While nobody is signed in, nothing happens. */
    public void expire() {
        find().map(user -> Duration.between(
                        tokens().clock().instant(), user.session().expiresAt()))
                .ifPresent(left ->
                        advanceClock(left.plus(tokens().rules().leeway()).plusSeconds(1)));
    }

    /** Begins a test: its clock is right, and its user is the given one. */
    void begin(Optional<WithDescopeUser> user) {
        DescopeTokens tokens = DescopeTokens.signedBy(ProjectKey.ofThisRun());
        state = new State(tokens, Optional.empty());
        user.ifPresentOrElse(declared -> become(draft(tokens, declared)), this::becomeNobody);
    }

    /** Makes the request of a container around this test one of the current user's, if there is one. */
    void tellContainer() {
        ContainerRequest.find().ifPresent(this::in);
    }

    private void become(Optional<Somebody> somebody) {
        state = new State(state.tokens(), requireNonNull(somebody, "somebody"));
        tellContainer();
    }

    private Optional<ProvenUser> judged() {
        State now = state;
        return now.somebody().flatMap(somebody -> somebody.judgedBy(now.tokens().validator()));
    }

    private static TokenDraft draft(DescopeTokens tokens, WithDescopeUser declared) {
        TokenDraft draft = tokens.session()
                .loginId(declared.loginId())
                .userId(declared.userId())
                .name(declared.name())
                .roles(declared.roles())
                .permissions(declared.permissions());
        for (WithDescopeUser.Tenant tenant : declared.tenants()) {
            draft.tenant(tenant.id(), List.of(tenant.roles()), List.of(tenant.permissions()));
        }
        for (WithDescopeUser.Claim claim : declared.claims()) {
            draft.claim(claim.name(), claim.value());
        }
        return draft;
    }

    /** Whether somebody is signed in, and not who. */
    @Override
    public String toString() {
        return "CurrentUser[" + (judged().isPresent() ? "somebody" : "nobody") + "]";
    }
}
