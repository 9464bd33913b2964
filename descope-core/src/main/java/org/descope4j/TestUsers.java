package org.descope4j;

import java.net.URI;

/**
 * Users for end-to-end tests against the real service: Descope keeps them apart from people, and hands their magic links to the test
 * instead of mailing them. Needs the project's {@linkplain DescopeSettings.Builder#managementKey management key}; without one every
 * method throws {@link IllegalStateException} before anything is sent. Thread-safe; throws as {@link MagicLinks} does.
 *
 * <p>A management key can do far more than this. Keep it in the test environment, never in the application.
 */
public interface TestUsers {
    /**
     * Creates a test user. Creating one with the same login ID again is no error.
     *
     * @param testUser who
     * @return the user as Descope made them
     */
    User create(TestUser testUser);

    /**
     * Makes a magic link for a test user. Nothing is sent to anybody, and no sign-in need be under way.
     *
     * @param deliveryMethod how the link would travel
     * @param loginId of a test user
     * @param redirectUri where the link leads
     * @return the link
     */
    TestLink magicLink(DeliveryMethod deliveryMethod, String loginId, URI redirectUri);

    /**
     * Makes a magic link for a test user with options.
     *
     * @param deliveryMethod how the link would travel
     * @param loginId of a test user
     * @param options as of a sign-in
     * @return the link
     */
    TestLink magicLink(DeliveryMethod deliveryMethod, String loginId, LoginOptions options);

    /** Deletes every test user of the project. */
    void deleteAll();
}
