package org.descope4j.servlet;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.descope4j.servlet.SessionReader.Wish;
import org.jspecify.annotations.Nullable;

/**
 * Tells the container who sends a request, before it judges its constraints and before any filter runs: steps (1) to (4) of the
 * session flow in ARCHITECTURE.md, for what the container protects. {@link SessionFilter} finds the answer in the request and does
 * not ask again. The only class that names Jakarta Authentication. Thread-safe.
 */
final class MagicLinkAuthModule implements ServerAuthModule {
    private static final Logger LOG = System.getLogger(MagicLinkAuthModule.class.getName());
    private static final String LAYER = "HttpServlet";
    private static final String IS_MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";
    private static final String AUTHENTICATION_TYPE = "jakarta.servlet.http.authType";

    /** Bytes of a form that somebody sends after being signed out; nobody reads more than that for nothing. */
    private static final long READ_FOR_NOTHING = 64 * 1024;

    /** Until the container initialises the module, which is before the first request. */
    private volatile @Nullable CallbackHandler container;

    /**
     * Makes the container ask a module for this application.
     *
     * @return what ends that
     */
    static Runnable register(ServletContext context) {
        AuthConfigFactory factory = AuthConfigFactory.getFactory();
        if (factory == null) {
            throw new NoClassDefFoundError("No " + AuthConfigFactory.class.getName() + " is set");
        }
        String registration = factory.registerServerAuthModule(new MagicLinkAuthModule(), context);
        String applicationContext = context.getVirtualServerName() + " " + context.getContextPath();
        Object registered = factory.getConfigProvider(LAYER, applicationContext, null);
        return () -> {
            // a newer version of the application may have taken the place already
            if (registered != null && registered.equals(factory.getConfigProvider(LAYER, applicationContext, null))) {
                factory.removeRegistration(registration);
            }
        };
    }

    @Override
    public void initialize(
            MessagePolicy requestPolicy,
            MessagePolicy responsePolicy,
            CallbackHandler handler,
            Map<String, Object> options) {
        container = handler;
    }

    @Override
    public Class<?>[] getSupportedMessageTypes() {
        return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
    }

    @Override
    public AuthStatus validateRequest(MessageInfo exchange, Subject caller, Subject service) throws AuthException {
        HttpServletRequest request = (HttpServletRequest) exchange.getRequestMessage();
        HttpServletResponse response = (HttpServletResponse) exchange.getResponseMessage();
        try {
            return judge(exchange, request, response, caller);
        } catch (IOException e) {
            throw failed("The answer to a request could not be written", e);
        }
    }

    private AuthStatus judge(
            MessageInfo exchange, HttpServletRequest request, HttpServletResponse response, Subject caller)
            throws IOException, AuthException {
        boolean isMandatory =
                Boolean.parseBoolean(String.valueOf(exchange.getMap().get(IS_MANDATORY)));
        Optional<SignInApplication> application = SignInApplication.find(request.getServletContext());
        if (application.isEmpty()) {
            return withoutApplication(isMandatory, response, caller);
        }
        SignInApplication our = application.get();
        RequestIdentity identity =
                isMandatory ? our.identityOf(request, response, Wish.NEEDS_USER) : our.identityOf(request, response);
        our.endHttpSessionWithoutCookies(request, identity);
        // a constraint on everything must not close the way in and out, whatever roles it asks for
        if (isMandatory && MagicLinkFilter.serve(our, request, response)) {
            our.claimHttpSession(request);
            return answered(request, response);
        }
        if (isMandatory && CorsAnswers.isPreflight(request)) {
            our.corsAnswers().answer(request, response);
            return answered(request, response);
        }
        Optional<DescopePrincipal> principal = identity.principal();
        if (principal.isPresent()) {
            exchange.getMap().put(AUTHENTICATION_TYPE, SignedInRequest.AUTHENTICATION_SCHEME);
            return signedIn(principal.get(), caller);
        }
        if (!isMandatory) {
            return anonymous(caller);
        }
        our.denial().unlessSignedIn(identity, request, response);
        return answered(request, response);
    }

    /** It did not start, or is just ending. */
    private AuthStatus withoutApplication(boolean isMandatory, HttpServletResponse response, Subject caller)
            throws IOException, AuthException {
        if (!isMandatory) {
            return anonymous(caller);
        }
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        return AuthStatus.SEND_FAILURE;
    }

    private AuthStatus signedIn(DescopePrincipal principal, Subject caller) throws AuthException {
        tell(
                new CallerPrincipalCallback(caller, principal),
                new GroupPrincipalCallback(caller, principal.roles().toArray(String[]::new)));
        return AuthStatus.SUCCESS;
    }

    private AuthStatus anonymous(Subject caller) throws AuthException {
        tell(new CallerPrincipalCallback(caller, (Principal) null));
        return AuthStatus.SUCCESS;
    }

    private void tell(Callback... what) throws AuthException {
        CallbackHandler handler = container;
        if (handler == null) {
            throw new AuthException("The container did not initialise this module");
        }
        try {
            handler.handle(what);
        } catch (IOException | UnsupportedCallbackException e) {
            // said here, since some containers answer 500 and log nothing
            LOG.log(
                    Level.ERROR,
                    "The container refuses what it asked for, the user of a request: " + e.getMessage()
                            + ". WildFly does so until its CLI was told"
                            + " /subsystem=undertow/application-security-domain=other:write-attribute(name=integrated-jaspi,value=false)");
            throw failed("The container refuses the user", e);
        }
    }

    private static AuthException failed(String message, Exception cause) {
        AuthException failed = new AuthException(message + ": " + cause.getMessage());
        failed.initCause(cause);
        return failed;
    }

    /**
     * The answer is complete, which also takes a request that was read to its end. Of what is not, Undertow says more than was
     * written here, a page for people in place of ours or an error in the log.
     */
    private static AuthStatus answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long unread = request.getContentLengthLong();
        if (unread > 0 && unread <= READ_FOR_NOTHING) {
            request.getInputStream().close();
        }
        response.flushBuffer();
        return AuthStatus.SEND_CONTINUE;
    }

    @Override
    public AuthStatus secureResponse(MessageInfo exchange, Subject service) {
        return AuthStatus.SEND_SUCCESS;
    }

    @Override
    public void cleanSubject(MessageInfo exchange, @Nullable Subject subject) {
        if (subject != null) {
            subject.getPrincipals().clear();
        }
    }
}
