package org.descope4j.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test, or all tests of a class, with a signed-in user and without any server. On a method it wins over that of the class, and
 * on a nested class over that of the class around it; {@link WithoutDescopeUser} takes the user away again. Put on an annotation of
 * your own, it makes that one mean the same.
 *
 * <pre>{@code
 * @Test
 * @WithDescopeUser(loginId = "ada@example.com", roles = "clerk")
 * void a_clerk_sees_the_invoices(CurrentUser user) {
 *     HttpServletRequest request = user.in(TestRequest.get("/invoices"));
 *     // request.getUserPrincipal(), getRemoteUser(), isUserInRole("clerk"), getAuthType() and DescopePrincipal.of(request) agree
 * }
 * }</pre>
 *
 * <p>The user comes from a JWT that was signed with a real key and judged by the validator of production. With Weld's JUnit extension
 * {@code DescopePrincipal} and {@code SignedInUser} can be injected; in an Arquillian test that runs in the server they know the user
 * for as long as the test method runs. What is sent to a server over HTTP is another request: sign that in by a JWT of
 * {@link DescopeTokens}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(DescopeUserExtension.class)
public @interface WithDescopeUser {
    /**
     * What the user signed in with.
     *
     * @return an e-mail address, a phone number or a name
     */
    String loginId() default TokenDraft.DEFAULT_LOGIN_ID;

    /**
     * The ID at Descope.
     *
     * @return empty for one made of the login ID, the same for the same login ID
     */
    String userId() default "";

    /**
     * What the user is called.
     *
     * @return empty for no name
     */
    String name() default "";

    /**
     * The roles on the level of the project: what {@code isUserInRole} knows.
     *
     * @return names
     */
    String[] roles() default {};

    /**
     * The permissions on the level of the project.
     *
     * @return names
     */
    String[] permissions() default {};

    /**
     * The tenants that the user is in.
     *
     * @return tenants with what the user may do there
     */
    Tenant[] tenants() default {};

    /**
     * Further claims of the session JWT.
     *
     * @return claims whose values are texts; for other values see {@link CurrentUser#become}
     */
    Claim[] claims() default {};

    /** A tenant that a user is in. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Tenant {
        /**
         * The tenant's ID.
         *
         * @return the ID
         */
        String id();

        /**
         * The roles in this tenant.
         *
         * @return names
         */
        String[] roles() default {};

        /**
         * The permissions in this tenant.
         *
         * @return names
         */
        String[] permissions() default {};
    }

    /** A claim of a session JWT. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Claim {
        /**
         * The claim's name.
         *
         * @return the name
         */
        String name();

        /**
         * The claim's value.
         *
         * @return a text
         */
        String value();
    }
}
