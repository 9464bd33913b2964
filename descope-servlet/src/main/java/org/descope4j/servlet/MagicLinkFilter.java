package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the paths of signing in: the form that asks for a link ({@code /auth/sign-in}), the form for new users
 * ({@code /auth/sign-up}, if it is switched on), the place where links lead
 * ({@code /auth/verify}), signing out ({@code /auth/sign-out}), and, if it is switched on, changing an address
 * ({@code /auth/update}); {@code descope.auth-path} moves all of them. Everything else goes on untouched.
 *
 * <p>Registered by itself behind {@link SessionFilter}. To map it in {@code web.xml}, declare both there, this one second, for
 * {@code /*}. Thread-safe.
 */
public final class MagicLinkFilter implements Filter {
    private static final Pattern STATE = Pattern.compile("/([A-Za-z0-9_-]{1,1024})");

    private @Nullable SignInApplication application;

    /** For the container, which calls {@link #init(FilterConfig)}. */
    public MagicLinkFilter() {}

    MagicLinkFilter(SignInApplication application) {
        this.application = application;
    }

    /**
     * Reads the configuration, unless the application was installed by {@link DescopeFilters}.
     *
     * @throws ServletException if there is none or it is not acceptable; the message says which key and what to do
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        application = SignInApplication.of(config, this);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SignInApplication our = application;
        if (our == null) {
            throw new ServletException("MagicLinkFilter was not initialised by the container");
        }
        boolean served = request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && serve(our, http, answer);
        if (!served) {
            chain.doFilter(request, response);
        }
    }

    /** Answers a request for a path of ours, and says whether it is one. */
    static boolean serve(SignInApplication our, HttpServletRequest arrived, HttpServletResponse response)
            throws IOException {
        String path = RequestPath.of(arrived);
        AuthPaths paths = our.authPaths();
        boolean isUpdate = our.isUpdateOffered() && paths.isUpdate(path);
        if (!paths.isOurs(path) && !isUpdate) {
            return false;
        }
        // browsers do not say that a form is in UTF-8, and servers take it for ISO 8859-1; names have more letters than
        // that
        if (arrived.getCharacterEncoding() == null) {
            arrived.setCharacterEncoding(UTF_8.name());
        }
        // read on our paths alone: the body of every other request is the application's
        HttpServletRequest request = UnreadableParameters.none(arrived);
        if (!RequestIdentity.isKnown(request)) {
            throw new IllegalStateException(
                    "SessionFilter has not seen this request: in web.xml, map SessionFilter to /*"
                            + " before MagicLinkFilter");
        }
        if (path.equals(paths.signIn())) {
            our.signInEndpoint().serve(request, response);
        } else if (paths.isSignUp(path)) {
            our.signUpEndpoint().serve(request, response);
        } else if (path.equals(paths.sent())) {
            our.checkInboxEndpoint().serve(request, response);
        } else if (path.equals(paths.signOut())) {
            our.signOutEndpoint().serve(request, response);
        } else if (path.equals(paths.stepUp())) {
            our.stepUpEndpoint().serve(request, response);
        } else if (path.equals(paths.stepUpSent())) {
            our.stepUpEndpoint().serveSent(request, response);
        } else if (paths.isVerify(path)) {
            our.verifyEndpoint().serve(request, response, stateBelow(paths.verify(), path));
        } else {
            serveUpdate(our, request, response, path);
        }
        return true;
    }

    private static void serveUpdate(
            SignInApplication our, HttpServletRequest request, HttpServletResponse response, String path)
            throws IOException {
        AuthPaths paths = our.authPaths();
        if (path.equals(paths.update())) {
            our.updateEndpoint().serve(request, response);
        } else if (path.equals(paths.updateSent())) {
            our.updateEndpoint().serveSent(request, response);
        } else if (path.equals(paths.updateDone())) {
            our.updateLinkEndpoint().serveDone(request, response);
        } else {
            our.updateLinkEndpoint().serve(request, response, stateBelow(paths.update(), path));
        }
    }

    /** The segment below a path where links lead; what no state of ours looks like is none. */
    private static String stateBelow(String linkPath, String path) {
        Matcher matcher = STATE.matcher(path.substring(linkPath.length()));
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** Closes the connection to Descope, if this filter opened it. */
    @Override
    public void destroy() {
        if (application != null) {
            application.endWith(this);
        }
    }
}
