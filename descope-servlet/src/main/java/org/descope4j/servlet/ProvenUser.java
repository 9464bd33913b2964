package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.descope4j.session.Session;

/**
 * A user whose session the application had judged itself, for requests whose token comes neither as Bearer nor in our cookies: in a
 * header of a gateway, in the first message of a WebSocket, in a test. For all other requests {@link SessionFilter} does it.
 *
 * <pre>{@code
 * Session session = descope.validator().validate(request.getHeader("X-Gateway-Token"));
 * chain.doFilter(ProvenUser.of(session).signIn(request), response);
 * }</pre>
 *
 * <p>Safe in production: the {@link Session} is the proof, which only a {@link org.descope4j.session.SessionValidator} makes; nothing
 * that comes with a request reaches this class by itself, and it opens no way around path protection, which {@link SessionFilter} has
 * decided on before. It goes past a {@link SignInHandler}: the application decides itself here. Login ID and name are the caller's word, and no decision of ours goes by them. Immutable.
 */
public final class ProvenUser {
    private final Session session;
    private final String loginId;
    private final String name;

    private ProvenUser(Session session, String loginId, String name) {
        this.session = session;
        this.loginId = loginId;
        this.name = name;
    }

    /**
     * The user of a session.
     *
     * @param session the proof
     * @return a user of whom nothing else is known, as after a Bearer request
     */
    public static ProvenUser of(Session session) {
        return new ProvenUser(requireNonNull(session, "session"), "", "");
    }

    /**
     * Says what the user signed in with, which the session does not.
     *
     * @param loginId what {@link DescopePrincipal#loginId()} will say; empty for unknown
     * @return a copy with this login ID
     */
    public ProvenUser withLoginId(String loginId) {
        return new ProvenUser(session, requireNonNull(loginId, "loginId"), name);
    }

    /**
     * Says what to call the user.
     *
     * @param name what {@link DescopePrincipal#displayName()} will say; empty for unknown
     * @return a copy with this name
     */
    public ProvenUser withName(String name) {
        return new ProvenUser(session, loginId, requireNonNull(name, "name"));
    }

    /**
     * Makes the user that of a request: {@link DescopePrincipal#of} and what is injected by CDI say so from now on, whoever it was
     * before. The role names of {@code descope.roles.map} apply where our filters are set up in the request's application.
     *
     * @param request of the servlet container
     * @return the request to go on with, whose {@code getUserPrincipal}, {@code getRemoteUser}, {@code isUserInRole} and
     *     {@code getAuthType} agree; its {@code logout} ends the user for this request and the HttpSession, and no session at Descope.
     *     An HttpSession that the request came with ends at once where it was another user's
     */
    public HttpServletRequest signIn(HttpServletRequest request) {
        Profile known = new Profile(session.subject(), "", "", "", loginId, name, "", Set.of(), Instant.EPOCH);
        DescopePrincipal principal = new VerifiedPrincipal(session, known, roleMapOf(request));
        RequestIdentity.byBearer(principal).rememberIn(request);
        HttpSessionOwner httpSessionOwner = HttpSessionOwner.of(request);
        boolean isOfAnApplication = request.getServletContext() != null;
        if (isOfAnApplication) {
            httpSessionOwner.keepFor(request, principal);
        }
        BooleanSupplier signOut = () -> {
            if (isOfAnApplication) {
                httpSessionOwner.end(request);
            }
            signOut(request);
            return true; // there are no cookies of ours
        };
        return new SignedInRequest(request, signOut, httpSessionOwner);
    }

    /**
     * Makes nobody the user of a request.
     *
     * @param request whose user is none from now on
     */
    public static void signOut(ServletRequest request) {
        RequestIdentity.ANONYMOUS.rememberIn(request);
    }

    private static RoleMap roleMapOf(ServletRequest request) {
        ServletContext context = request.getServletContext();
        return context == null
                ? RoleMap.parse("")
                : SignInApplication.find(context)
                        .map(application -> application.signedInSession().roleMap())
                        .orElseGet(() -> RoleMap.parse(""));
    }

    /** Neither login ID nor name: both are personal data. */
    @Override
    public String toString() {
        return "ProvenUser[" + session.userId() + "]";
    }
}
