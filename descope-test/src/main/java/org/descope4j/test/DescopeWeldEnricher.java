package org.descope4j.test;

import jakarta.enterprise.context.RequestScoped;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldJunitEnricher;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Adds {@link DescopeBeans} and a request scope to the containers of Weld's JUnit extension, for test classes that say
 * {@link WithDescopeUser} or {@link WithoutDescopeUser} anywhere. Found by {@link java.util.ServiceLoader}.
 */
public final class DescopeWeldEnricher implements WeldJunitEnricher {
    /** For {@link java.util.ServiceLoader}. */
    public DescopeWeldEnricher() {}

    @Override
    public void enrich(Object testInstance, ExtensionContext context, Weld weld, WeldInitiator.Builder builder) {
        if (isOurs(context.getRequiredTestClass())) {
            weld.addExtension(new DescopeBeans());
            builder.activate(RequestScoped.class);
        }
    }

    private static boolean isOurs(Class<?> testClass) {
        return Stream.<Class<?>>iterate(testClass, type -> type != null, Class::getEnclosingClass)
                .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredMethods())))
                .anyMatch(DescopeWeldEnricher::saysSo);
    }

    private static boolean saysSo(AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, WithDescopeUser.class)
                || AnnotationSupport.isAnnotated(element, WithoutDescopeUser.class);
    }
}
