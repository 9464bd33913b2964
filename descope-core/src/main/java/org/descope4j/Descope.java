package org.descope4j;

import jakarta.ws.rs.client.Client;
import org.descope4j.session.SessionValidator;

/**
 * A Descope project, ready to be talked to. One instance serves a whole application; it is thread-safe, holds one HTTP
 * client and one set of keys, and is closed when the application ends.
 *
 * <pre>{@code
 * DescopeSettings settings = DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz").build();
 * try (Descope descope = Descope.connect(settings)) {
 *     descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", verifyUri);
 *     // … the link brings its token back as query parameter t of verifyUri
 *     SignIn signIn = descope.magicLinks().verify(linkToken);
 * }
 * }</pre>
 *
 * Nothing is asked of the network before the first call.
 */
public interface Descope extends AutoCloseable {
    /**
     * Connects with the Jakarta REST client that this run time brings: Jersey on Tomcat and in Java SE, the server's own on a
     * full server.
     *
     * @param settings which project, where and how
     * @return to be closed at the end of the application
     */
    static Descope connect(DescopeSettings settings) {
        return RestDescope.withOwnClient(settings);
    }

    /**
     * Connects with a client of the application's: for a proxy, a trust store, or connection pools of its own. Its
     * timeouts count, not those of the settings.
     *
     * @param settings which project and where
     * @param client stays the caller's: it is not closed with the returned object
     * @return to be closed at the end of the application
     */
    static Descope connect(DescopeSettings settings, Client client) {
        return RestDescope.withClientOf(settings, client);
    }

    /**
     * Asking for magic links and redeeming them.
     *
     * @return the same object at each call
     */
    MagicLinks magicLinks();

    /**
     * Keeping sessions alive and ending them.
     *
     * @return the same object at each call
     */
    Sessions sessions();

    /**
     * Judging session JWTs without a call to Descope, but for its keys.
     *
     * @return the same object at each call
     */
    SessionValidator validator();

    /**
     * Users for end-to-end tests against the real service. Needs the project's management key.
     *
     * @return the same object at each call
     */
    TestUsers testUsers();

    /** Closes the HTTP client, unless it is the caller's. Calls after this fail. */
    @Override
    void close();
}
