package org.descope4j.emulator.junit;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Supplier;
import org.descope4j.emulator.DescopeEmulator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What stands behind {@link WithDescopeEmulator}. Registered by hand where the emulator needs other settings:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final DescopeEmulatorExtension DESCOPE =
 *         DescopeEmulatorExtension.of(DescopeEmulator.builder().rotatesRefreshTokens(true));
 * }</pre>
 */
public final class DescopeEmulatorExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DescopeEmulatorExtension.class);

    private final Supplier<DescopeEmulator> starter;

    /** For JUnit: an emulator with the default settings. */
    public DescopeEmulatorExtension() {
        this(DescopeEmulator::start);
    }

    private DescopeEmulatorExtension(Supplier<DescopeEmulator> starter) {
        this.starter = starter;
    }

    /**
     * An extension whose emulator has other settings.
     *
     * @param builder the settings; leave the port free, so that test runs do not meet
     * @return the extension, for a static field with {@code @RegisterExtension}
     */
    public static DescopeEmulatorExtension of(DescopeEmulator.Builder builder) {
        return new DescopeEmulatorExtension(requireNonNull(builder, "builder")::start);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        DescopeEmulator emulator = emulator(context);
        fieldsOf(context.getRequiredTestClass()).stream()
                .filter(DescopeEmulatorExtension::isStatic)
                .forEach(field -> set(field, null, emulator));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        DescopeEmulator emulator = emulator(context);
        emulator.reset();
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            fieldsOf(instance.getClass()).stream()
                    .filter(field -> !isStatic(field))
                    .forEach(field -> set(field, instance, emulator));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DescopeEmulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return emulator(context);
    }

    /** The emulator of the outermost class that has this extension; the store of that class closes it. */
    private DescopeEmulator emulator(ExtensionContext context) {
        return classContextOf(context)
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(DescopeEmulator.class, key -> starter.get(), DescopeEmulator.class);
    }

    private static ExtensionContext classContextOf(ExtensionContext context) {
        ExtensionContext candidate = context;
        while (candidate.getTestMethod().isPresent()) {
            candidate = candidate.getParent().orElseThrow();
        }
        return candidate;
    }

    private static List<Field> fieldsOf(Class<?> testClass) {
        return AnnotationSupport.findAnnotatedFields(
                testClass, WithDescopeEmulator.class, field -> true, HierarchyTraversalMode.TOP_DOWN);
    }

    private static boolean isStatic(Field field) {
        return Modifier.isStatic(field.getModifiers());
    }

    private static void set(Field field, @Nullable Object instance, DescopeEmulator emulator) {
        if (field.getType() != DescopeEmulator.class || Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException(
                    "@WithDescopeEmulator stands at a field that is a DescopeEmulator and not final, not at " + field);
        }
        try {
            field.setAccessible(true);
            field.set(instance, emulator);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new ExtensionConfigurationException("@WithDescopeEmulator cannot set the field " + field, e);
        }
    }
}
