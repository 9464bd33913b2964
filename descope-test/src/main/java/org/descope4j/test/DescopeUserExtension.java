package org.descope4j.test;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each test its {@link CurrentUser}. Comes with {@link WithDescopeUser} and {@link WithoutDescopeUser}; nobody needs to name it.
 */
public final class DescopeUserExtension
        implements BeforeEachCallback,
                BeforeTestExecutionCallback,
                AfterEachCallback,
                InvocationInterceptor,
                ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DescopeUserExtension.class);

    /** For JUnit. */
    public DescopeUserExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        begin(context, ContainerRequest.findUser().orElseGet(CurrentUser::new));
    }

    /** A container may have started after this extension. */
    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        joinContainer(context);
        invocation.proceed();
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        joinContainer(context);
    }

    /** A server keeps its request until the test has answered. */
    @Override
    public void afterEach(ExtensionContext context) {
        userOf(context).becomeNobody();
    }

    /** Where a container has a bean of the type, it is the container's to give. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CurrentUser.class
                && ContainerRequest.findUser().isEmpty();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return userOf(context);
    }

    private static void joinContainer(ExtensionContext context) {
        Optional<CurrentUser> bean = ContainerRequest.findUser();
        if (bean.isPresent() && bean.get() != userOf(context)) {
            begin(context, bean.get());
        }
        userOf(context).tellContainer();
    }

    private static void begin(ExtensionContext context, CurrentUser user) {
        context.getStore(NAMESPACE).put(CurrentUser.class, user);
        user.begin(declaredUser(context));
    }

    private static CurrentUser userOf(ExtensionContext context) {
        CurrentUser user = context.getStore(NAMESPACE).get(CurrentUser.class, CurrentUser.class);
        if (user == null) {
            throw new ExtensionConfigurationException(
                    "There is a CurrentUser from @BeforeEach on: a constructor and" + " @BeforeAll cannot have one");
        }
        return user;
    }

    /** The nearest annotation says it: that of the method, else of its class, else of the class around that. */
    private static Optional<WithDescopeUser> declaredUser(ExtensionContext context) {
        Optional<ExtensionContext> current = Optional.of(context);
        while (current.isPresent()) {
            Optional<AnnotatedElement> element = current.get().getElement();
            Optional<WithDescopeUser> user = AnnotationSupport.findAnnotation(element, WithDescopeUser.class);
            boolean isNobody = AnnotationSupport.isAnnotated(element, WithoutDescopeUser.class);
            if (user.isPresent() && isNobody) {
                throw new ExtensionConfigurationException(
                        "@WithDescopeUser and @WithoutDescopeUser stand on one element: "
                                + current.get().getDisplayName());
            }
            if (user.isPresent() || isNobody) {
                return user;
            }
            current = current.get().getParent();
        }
        return Optional.empty();
    }
}
