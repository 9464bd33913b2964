package org.descope4j.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.descope4j.Descope;
import org.descope4j.servlet.ProtectedPaths.Need;
import org.descope4j.servlet.SessionReader.Wish;
import org.descope4j.session.SessionValidator;
import org.jspecify.annotations.Nullable;

/**
 * Everything the two filters of one web application share, put together once and kept in its servlet context. Thread-safe.
 *
 * @param descope the connection, also a context attribute of its own for descope-cdi
 * @param hasOwnPages whether code of the application's own answers on our paths
 * @param isUpdateOffered whether users may change their addresses here
 * @param owner the filter that opened the connection and closes it; none where the application did
 */
record SignInApplication(
        Descope descope,
        @Nullable Filter owner,
        Clock clock,
        AuthPaths authPaths,
        ProtectedPaths protectedPaths,
        IgnoredPaths ignoredPaths,
        FreshPaths freshPaths,
        OnlineCheck onlineCheck,
        CrossSite crossSite,
        CorsAnswers corsAnswers,
        SessionReader sessionReader,
        SignedInSession signedInSession,
        HttpSessionOwner httpSessionOwner,
        boolean hasOwnPages,
        Csrf csrf,
        Denial denial,
        SignInEndpoint signInEndpoint,
        SignUpEndpoint signUpEndpoint,
        CheckInboxEndpoint checkInboxEndpoint,
        VerifyEndpoint verifyEndpoint,
        StepUpEndpoint stepUpEndpoint,
        SignOutEndpoint signOutEndpoint,
        boolean isUpdateOffered,
        UpdateEndpoint updateEndpoint,
        UpdateLinkEndpoint updateLinkEndpoint,
        ContainerSecurity containerSecurity,
        LinkCourier linkCourier,
        RefreshesBeside refreshesBeside,
        Sweeper sweeper) {
    private static final String ATTRIBUTE = SignInApplication.class.getName();

    /** What the filters of a web application share; absent where none is set up. */
    static Optional<SignInApplication> find(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof SignInApplication known
                ? Optional.of(known)
                : Optional.empty();
    }

    /**
     * The application of a filter that the container initialises: what is there already, or made from configuration.
     *
     * @throws ServletException if the configuration is not acceptable; the message says which key and what to do
     */
    static SignInApplication of(FilterConfig config, Filter filter) throws ServletException {
        ServletContext context = config.getServletContext();
        Optional<SignInApplication> known = find(context);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            ServletSettings settings = SettingSources.settings(context, List.of(DeclaredFilter.of(config)));
            return make(context, Descope.connect(settings.descope()), settings, filter);
        } catch (IllegalArgumentException e) {
            // some containers log the first line of the outermost exception only
            throw new ServletException(e.getMessage(), e);
        }
    }

    static SignInApplication make(
            ServletContext context, Descope descope, ServletSettings settings, @Nullable Filter owner) {
        SignInApplication application = put(context, descope, settings, owner);
        context.setAttribute(ATTRIBUTE, application);
        context.setAttribute(Descope.class.getName(), descope);
        WireLogs.warnOfThoseThatAreOn();
        StartUpReport.log(context, settings);
        return application;
    }

    private static SignInApplication put(
            ServletContext context, Descope descope, ServletSettings settings, @Nullable Filter owner) {
        settings.cookiePolicy().requireReaches(context.getContextPath());
        ClassLoader loader = Extensions.loaderOf(context);
        Clock clock = settings.descope().clock();
        Repetitions repetitions = new Repetitions(clock);
        ApplicationSeals seals = ApplicationSeals.of(settings, context);
        SessionValidator validator = descope.validator();
        PublicUrl publicUrl = settings.publicUrl();
        CookiePolicy cookiePolicy = settings.cookiePolicy().at(context.getContextPath(), publicUrl);
        SessionCookies cookies = new SessionCookies(cookiePolicy, publicUrl, clock);
        Optional<SignInHandler> handler = Extensions.find(SignInHandler.class, loader);
        HttpSessionOwner httpSessionOwner = new HttpSessionOwner(
                settings.httpSessionOutlivesUser(), new MissingCookies(cookiePolicy, publicUrl)::areGone);
        Seal profileSeal = seals.forPurpose("profile");
        BrowserSessions browserSessions = new BrowserSessions(cookies, profileSeal);
        Sweeper sweeper = new Sweeper(loader);
        // a tenth of what a request waits that needs a user: half a second by default
        Duration moment = settings.descope().readTimeout().dividedBy(10);
        SharedWait wait = new SharedWait(settings.descope().maxConcurrentCalls(), moment);
        SessionRefresher refresher = new SessionRefresher(descope.sessions(), clock, wait, sweeper);
        SessionsEndedHere endedHere =
                new SessionsEndedHere(validator, browserSessions, cookies, refresher, clock, sweeper);
        SignedInSession session = new SignedInSession(
                validator,
                descope.sessions(),
                cookies,
                browserSessions,
                clock,
                profileSeal,
                settings.roleMap(),
                handler.isPresent(),
                httpSessionOwner,
                endedHere,
                repetitions);
        RefreshesBeside refreshesBeside =
                new RefreshesBeside(refresher, moment, settings.descope().maxConcurrentCalls(), loader);
        RefusedSessions refusals = new RefusedSessions(cookies, clock);
        SessionReader reader = new SessionReader(
                validator,
                refresher,
                refreshesBeside,
                new EarlyRefresh(clock),
                cookies,
                browserSessions,
                session,
                refusals,
                endedHere,
                new UndecidedSessions(clock),
                handler.isEmpty() || settings.bearerSkipsSignInHandler(),
                clock,
                repetitions);
        Pages pages = new Pages();
        PageWriter writer = new PageWriter(
                new PageDocument(settings.applicationName()),
                PageLanguages.load(
                        settings.languages(), loader, settings.signUpFields().ownLabels()),
                new OwnPages(settings.pages(), settings.applicationName()));
        RedirectPolicy redirects =
                new RedirectPolicy(context.getContextPath(), settings.authPaths(), settings.returnTo());
        Csrf csrf = new Csrf(seals, cookies, publicUrl);
        BindingCookie binding = new BindingCookie(seals.forPurpose("binding pair"), cookies, csrf);
        LinkStates states = new LinkStates(seals, clock);
        ClientAddress clientAddress = new ClientAddress(settings.limits().trustedProxies());
        SendLimiter limiter = Extensions.find(SendLimiter.class, loader)
                .<SendLimiter>map(GuardedSendLimiter::new)
                .orElseGet(() -> new InMemorySendLimiter(clock));
        SendingLimits limits = new SendingLimits(settings.limits(), clientAddress, limiter, settings.secrets());
        Journal journal = new Journal(Extensions.all(SignInListener.class, loader), clientAddress, clock);
        Endpoint our =
                new Endpoint(settings.authPaths(), pages, writer, csrf, cookies, browserSessions, binding, redirects);
        // half of the calls, so that slow sending leaves the other half to links that are opened and to refreshes
        int mostErrands = Math.max(1, settings.descope().maxConcurrentCalls() / 2);
        LinkCourier courier = new LinkCourier(settings.answerTime(), mostErrands, loader);
        LinkOrder order = new LinkOrder(validator, publicUrl, limits, courier, clock, journal, repetitions, our);
        LinkMessages messages = Extensions.find(LinkMessages.class, loader).orElse(wanted -> LinkMessage.ofProject());
        LinkCalls calls = new LinkCalls(descope.magicLinks(), new MessageChoice(messages, loader));
        LinkRedeemer redeemer = new LinkRedeemer(descope.magicLinks(), clock, wait, sweeper);
        UpdateStates updateStates = new UpdateStates(seals, clock);
        SignInHandler decider = handler.orElse(verified -> SignInDecision.accept());
        LinkJudge judge = new LinkJudge(redeemer, decider, session, clock, wait, sweeper);
        SpentLink spentLink = new SpentLink(our);
        SignInConclusion conclusion = new SignInConclusion(decider, session, httpSessionOwner, spentLink, journal, our);
        SecondClick secondClick = new SecondClick(
                validator, descope.sessions(), judge, conclusion, spentLink, session, seals, clock, journal, our);
        SignInEndpoint signIn = new SignInEndpoint(
                calls, settings.deliveryMethods(), settings.registrationAtSignIn(), states, order, journal, our);
        return new SignInApplication(
                descope,
                owner,
                clock,
                settings.authPaths(),
                settings.protectedPaths(),
                settings.ignoredPaths(),
                settings.freshPaths(),
                new OnlineCheck(
                        settings.onlineCheckPaths(),
                        descope.sessions(),
                        browserSessions,
                        session,
                        refusals,
                        clock,
                        wait,
                        sweeper,
                        repetitions),
                settings.crossSite(),
                settings.corsAnswers(),
                reader,
                session,
                httpSessionOwner,
                !settings.pages().isEmpty(),
                csrf,
                new Denial(journal, settings.corsAnswers(), our),
                signIn,
                new SignUpEndpoint(
                        calls, settings.deliveryMethods(), settings.signUpFields(), states, order, journal, our),
                new CheckInboxEndpoint(signIn, states, journal, our),
                new VerifyEndpoint(
                        judge,
                        secondClick,
                        conclusion,
                        spentLink,
                        settings.strictlySameBrowser(),
                        journal,
                        repetitions,
                        states,
                        our),
                new StepUpEndpoint(calls, states, order, journal, our),
                new SignOutEndpoint(
                        session,
                        new UnheardSignOut(session, seals, clock, our),
                        journal,
                        settings.clearSiteData(),
                        our),
                !settings.updateMethods().isEmpty(),
                new UpdateEndpoint(
                        calls,
                        settings.updateMethods(),
                        settings.updateFreshness(),
                        updateStates,
                        order,
                        session,
                        journal,
                        our),
                new UpdateLinkEndpoint(redeemer, updateStates, session, sweeper, journal, repetitions, our),
                ContainerSecurity.of(settings.containerSecurity(), context),
                courier,
                refreshesBeside,
                sweeper);
    }

    /** What a request needs; empty where its path is public. */
    Optional<Need> needOf(HttpServletRequest request) {
        Optional<Need> need = protectedPaths.needOf(request);
        boolean needsAnybody =
                onlineCheck.isFor(request) || freshPaths.oldestFor(request).isPresent();
        return need.isEmpty() && needsAnybody ? Optional.of(Need.ANYBODY) : need;
    }

    /** Whether the user signed in no longer ago than that. */
    boolean isFresh(RequestIdentity identity, Duration maxAge) {
        return identity.principal()
                .flatMap(DescopePrincipal::signedInAt)
                .filter(at -> !clock.instant().isAfter(at.plus(maxAge)))
                .isPresent();
    }

    /** Whether nobody needs to know who sends a request. */
    boolean isIgnored(HttpServletRequest request, Optional<Need> need) {
        return need.isEmpty() && !authPaths.isOurs(RequestPath.of(request)) && ignoredPaths.contain(request);
    }

    /** Whether another origin sent it; our own paths have a stricter rule. */
    boolean isForged(HttpServletRequest request) {
        return !authPaths.isOurs(RequestPath.of(request)) && crossSite.isForged(request);
    }

    /** Who sends a request: read once, for all of its dispatches, whoever asks first. */
    RequestIdentity identityOf(HttpServletRequest request, HttpServletResponse response) {
        boolean needsUser = needOf(request).isPresent() || authPaths.isOurs(RequestPath.of(request));
        return identityOf(request, response, needsUser ? Wish.NEEDS_USER : Wish.NEEDS_NOBODY);
    }

    /** The same where it is known whether the request needs a user, such as by a constraint of the container's. */
    RequestIdentity identityOf(HttpServletRequest request, HttpServletResponse response, Wish wish) {
        if (!RequestIdentity.isKnown(request)) {
            RequestIdentity identity = sessionReader.read(request, response, wish);
            boolean isToAsk = onlineCheck.isFor(request);
            (isToAsk ? onlineCheck.confirmed(identity, request, response) : identity).rememberIn(request);
            RequestIdentity.of(request).principal().ifPresent(user -> httpSessionOwner.keepFor(request, user));
        }
        return RequestIdentity.of(request);
    }

    /**
     * Where the browser has no cookies of a session any more, the application sees no HttpSession of that session's user. Our own pages
     * end none, so that the same user who signs in again has it back.
     */
    void endHttpSessionWithoutCookies(HttpServletRequest request, RequestIdentity identity) {
        boolean isSeen = hasOwnPages || !authPaths.isOurs(RequestPath.of(request));
        if (isSeen && identity.isWithoutCookies()) {
            httpSessionOwner.endWithoutCookies(request);
        }
    }

    /** The HttpSession is the user's of the request; to be said before and after the application's own code, which may make one. */
    void claimHttpSession(HttpServletRequest request) {
        RequestIdentity identity = RequestIdentity.of(request);
        identity.principal().ifPresent(user -> httpSessionOwner.claim(request, user, identity.isByCookie()));
    }

    /** The container forgets this application, and its threads end. May be called twice. */
    void end() {
        containerSecurity.end();
        linkCourier.end();
        refreshesBeside.end();
        sweeper.end();
    }

    /** The application ends, and so does the connection to Descope if the filter at its end opened it. */
    void endWith(Filter filter) {
        end();
        if (filter.equals(owner)) {
            descope.close();
        }
    }
}
