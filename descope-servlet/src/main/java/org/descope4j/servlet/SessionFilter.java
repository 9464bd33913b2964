package org.descope4j.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.descope4j.servlet.ProtectedPaths.Need;
import org.descope4j.servlet.RequestIdentity.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Turns the session cookie or the Bearer token of each request into its user: {@code getUserPrincipal}, {@code getRemoteUser},
 * {@code isUserInRole} and {@code getAuthType} agree. Refreshes an expired session on the way, and keeps protected paths to
 * those who may see them. The session flow of ARCHITECTURE.md, step by step.
 *
 * <p>Registered by itself for {@code /*} before the application's own filters. To map it in {@code web.xml}, declare it there with
 * {@link MagicLinkFilter} behind it, and {@code async-supported}; init-params are the configuration keys without {@code descope.}.
 * Thread-safe.
 */
public final class SessionFilter implements Filter {
    private @Nullable SignInApplication application;

    /** For the container, which calls {@link #init(FilterConfig)}. */
    public SessionFilter() {}

    SessionFilter(SignInApplication application) {
        this.application = application;
    }

    /**
     * Reads the configuration, unless the application was installed by {@link DescopeFilters}.
     *
     * @throws ServletException if there is none or it is not acceptable; the message says which key and what to do
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        SignInApplication our = SignInApplication.of(config, this);
        application = our;
        OpenMappings.warn(config.getServletContext(), our.protectedPaths());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SignInApplication our = application;
        if (our == null) {
            throw new ServletException("SessionFilter was not initialised by the container");
        }
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            filter(our, http, answer, chain);
            return;
        }
        chain.doFilter(request, response);
    }

    private static void filter(
            SignInApplication our, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // (0) the question whether another origin may ask comes without cookies: the application answers it where it
        // needs no user
        Optional<Need> need = our.needOf(request);
        boolean isPreflight = CorsAnswers.isPreflight(request);
        if (our.corsAnswers().isForApplication(request) || (isPreflight && need.isEmpty())) {
            RequestIdentity.ANONYMOUS.rememberIn(request);
            chain.doFilter(request, response);
            return;
        }
        if (isPreflight) {
            our.corsAnswers().answer(request, response);
            return;
        }
        if (our.isIgnored(request, need)) {
            chain.doFilter(request, response);
            return;
        }
        // (1) to (3), once for all dispatches of a request
        RequestIdentity identity = our.identityOf(request, response);

        // (3d) a browser keeps what a prefetch is answered and shows it at the click: no page of nobody to somebody
        if (identity.kind() == Kind.CANNOT_TELL && Visit.isPrefetch(request)) {
            our.denial().notYet(response);
            return;
        }

        // (4) protected and not allowed, or sent by another origin: denied the way the client understands
        if (identity.isByCookie() && our.isForged(request)) {
            our.denial().forged(request, response);
            return;
        }
        if (need.isPresent() && isDenied(our, identity, need.get(), request, response)) {
            return;
        }

        Optional<Duration> oldest = our.freshPaths().oldestFor(request);
        if (oldest.isPresent() && !our.isFresh(identity, oldest.get())) {
            our.denial().freshSignInRequired(request, response, oldest.get());
            return;
        }

        // (5) the request goes on with its user
        if (identity.kind() != Kind.SIGNED_IN) {
            our.endHttpSessionWithoutCookies(request, identity);
            try {
                chain.doFilter(withSignOut(our, identity, request, response), uncached(request, response, need));
            } finally {
                // by a link somebody may be signed in meanwhile
                our.claimHttpSession(request);
            }
            return;
        }
        if (identity.isByCookie()) {
            request.setAttribute(Csrf.FIELD, our.csrf().fieldFor(request, response));
        }
        // whom another login signed in stays the user, unless this path is ours to protect
        boolean isTheirs = need.isEmpty() && isSignedInByOther(request);
        // what is asked of another login's request is not heard here
        PersonalResponse personal = PersonalResponse.to(request, response, need.isPresent() || isTheirs);
        BooleanSupplier signOut = () -> {
            boolean isCleared = signOut(our, request, response);
            personal.neverCache();
            return isCleared;
        };
        if (isTheirs) {
            chain.doFilter(request, personal);
            return;
        }
        our.claimHttpSession(request);
        try {
            chain.doFilter(new SignedInRequest(request, signOut, our.httpSessionOwner()), personal);
        } finally {
            our.claimHttpSession(request);
        }
    }

    /** Whether its cookies could be cleared. */
    private static boolean signOut(SignInApplication our, HttpServletRequest request, HttpServletResponse response) {
        boolean isCleared = !response.isCommitted();
        our.signedInSession().end(request, response);
        return isCleared;
    }

    /** Where a browser has cookies of a session that nobody can tell of at present, the application may end it all the same. */
    private static HttpServletRequest withSignOut(
            SignInApplication our, RequestIdentity identity, HttpServletRequest request, HttpServletResponse response) {
        boolean hasSession =
                !identity.isWithoutCookies() && our.signedInSession().isKept(request);
        return hasSession ? new UnknownUserRequest(request, () -> signOut(our, request, response)) : request;
    }

    /** By the container, or by a filter in front of us. */
    private static boolean isSignedInByOther(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal != null && !(principal instanceof DescopePrincipal);
    }

    /** Where cookies of a session that is over were cleared. */
    private static HttpServletResponse uncached(
            HttpServletRequest request, HttpServletResponse response, Optional<Need> need) {
        return SessionCookies.wroteFor(request) ? PersonalResponse.to(request, response, need.isPresent()) : response;
    }

    private static boolean isDenied(
            SignInApplication our,
            RequestIdentity identity,
            Need need,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (identity.kind() != Kind.SIGNED_IN) {
            our.denial().unlessSignedIn(identity, request, response);
            return true;
        }
        if (identity.principal().filter(need::isMetBy).isPresent()) {
            return false;
        }
        our.denial().forbidden(request, response);
        return true;
    }

    /** Closes the connection to Descope, if this filter opened it. */
    @Override
    public void destroy() {
        if (application != null) {
            application.endWith(this);
        }
    }
}
