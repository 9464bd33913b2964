package org.descope4j.cdi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.descope4j.servlet.DescopePrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The user of whatever request is being served, looked for at each call: after a sign-out in the middle of a request it agrees with
 * the request that there is none. A {@link Proxy}, so that it answers every method of {@link DescopePrincipal} as the principal of the
 * request does, also those that are added to the interface later. Immutable.
 */
final class InjectedPrincipal implements InvocationHandler {
    private final SignedInUser user;

    private InjectedPrincipal(SignedInUser user) {
        this.user = user;
    }

    static DescopePrincipal of(SignedInUser user) {
        return (DescopePrincipal) Proxy.newProxyInstance(
                DescopePrincipal.class.getClassLoader(),
                new Class<?>[] {DescopePrincipal.class},
                new InjectedPrincipal(user));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return method.getDeclaringClass() == Object.class
                ? ofObject(proxy, method, arguments)
                : ofCurrent(method, arguments);
    }

    private @Nullable Object ofCurrent(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        DescopePrincipal current = user.find().orElseThrow(NotSignedInException::new);
        try {
            return method.invoke(current, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** One object stands for many users, so it equals itself alone. Its text names the user ID, or says that there is nobody, without an exception. */
    private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> user.find().map(DescopePrincipal::toString).orElse("DescopePrincipal[nobody]");
        };
    }
}
