package org.descope4j.test;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.servlet.http.HttpServletRequest;
import org.descope4j.cdi.SignedInUser;

/**
 * What a CDI container without a server lacks: a request, {@code SignedInUser} and {@code DescopePrincipal} where they were not found,
 * and the test's {@link CurrentUser}. Weld's JUnit extension gets it by itself in tests with {@link WithDescopeUser} or
 * {@link WithoutDescopeUser}; where a test makes its own {@code WeldInitiator}, it must be added there:
 *
 * <pre>{@code
 * @WeldSetup
 * WeldInitiator weld = WeldInitiator.from(WeldInitiator.createWeld()
 *                 .addBeanClasses(Invoices.class)
 *                 .addExtension(new DescopeBeans()))
 *         .build();
 * }</pre>
 *
 * <p>The request that is injected knows its user by {@code DescopePrincipal.of(request)}, and not by {@code getUserPrincipal}: on
 * servers, too, what CDI injects is the container's request and not the one that the session filter wrapped.
 */
public class DescopeBeans implements Extension {
    private final CurrentUser user = new CurrentUser();
    private final TestRequest request = TestRequest.get("/");
    private boolean isFound;

    /** For one container. */
    public DescopeBeans() {}

    void see(@Observes ProcessAnnotatedType<SignedInUser> found) {
        isFound = true;
    }

    void add(@Observes AfterTypeDiscovery types) {
        if (!isFound) {
            types.addAnnotatedType(SignedInUser.class, DescopeBeans.class.getName());
        }
    }

    void add(@Observes AfterBeanDiscovery beans) {
        beans.addBean()
                .types(HttpServletRequest.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> request);
        beans.addBean().types(CurrentUser.class).scope(Dependent.class).createWith(context -> user);
    }
}
