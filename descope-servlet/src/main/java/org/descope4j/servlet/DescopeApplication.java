package org.descope4j.servlet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Configures magic-link sign-in where {@code web.xml} is not wanted: on one class of the web application, whichever.
 *
 * <pre>{@code
 * @DescopeApplication(
 *         projectId = "P2abcdefghijklmnopqrstuvwxyz",
 *         publicUrl = "https://app.example.com",
 *         protectedPaths = {"/account/*", "/admin/*=admin"})
 * public class Application {}
 * }</pre>
 *
 * Every element is one configuration key, and every other source of configuration wins over it, so that what is compiled in can be
 * set differently in production. Secrets have no element: they do not belong into source code.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DescopeApplication {
    /**
     * Key {@code descope.project-id}.
     *
     * @return from the Descope console; empty where another source says it
     */
    String projectId() default "";

    /**
     * Key {@code descope.base-url}.
     *
     * @return where the Descope service is; empty for the project's region
     */
    String baseUrl() default "";

    /**
     * Key {@code descope.algorithms}.
     *
     * @return RS256, ES256 or ES384; empty for RS256 alone
     */
    String[] algorithms() default {};

    /**
     * Key {@code descope.audience}.
     *
     * @return what every JWT must name as its audience; empty where it names none, or the project
     */
    String audience() default "";

    /**
     * Key {@code descope.public-url}.
     *
     * @return where browsers reach the application, with its context path; empty where another source says it
     */
    String publicUrl() default "";

    /**
     * Key {@code descope.protected-paths}.
     *
     * @return patterns such as {@code /account/*} or {@code /admin/*=admin}
     */
    String[] protectedPaths() default {};

    /**
     * Key {@code descope.public-paths}.
     *
     * @return patterns that stay public below protected ones
     */
    String[] publicPaths() default {};

    /**
     * Key {@code descope.delivery-methods}.
     *
     * @return {@code email}, {@code sms}, {@code whatsapp}: what the sign-in page offers; nothing for e-mail alone
     */
    String[] deliveryMethods() default {};

    /**
     * Key {@code descope.application-name}.
     *
     * @return what the built-in pages call the application; empty for no name
     */
    String applicationName() default "";

    /**
     * Every other key, for which there is no element: {@code "same-browser=strict"}. A secret is refused here.
     *
     * @return keys without {@code descope.}, each with an equals sign and its value
     */
    String[] settings() default {};
}
