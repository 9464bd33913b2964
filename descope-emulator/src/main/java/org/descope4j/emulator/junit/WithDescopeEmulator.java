package org.descope4j.emulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs the tests of a class beside an emulator of Descope. On a class, every parameter of type
 * {@link org.descope4j.emulator.DescopeEmulator} - of a test, a life cycle method or the constructor - is the emulator. On a field of that
 * type, the field is set too.
 *
 * <pre>{@code
 * @WithDescopeEmulator
 * class SignInTest {
 *     @Test
 *     void somebody_signs_in(DescopeEmulator descope) {
 *         // ask for a link at descope.baseUri(), then
 *         URI link = descope.inbox().latest("ana@example.com").link();
 *     }
 * }
 * }</pre>
 *
 * <p>There is one emulator for a top-level class with its nested ones, on a free port, from before the first {@code @BeforeAll} until after
 * the last {@code @AfterAll}. It is {@linkplain org.descope4j.emulator.DescopeEmulator#reset() reset} before each test: what is to be there
 * is said in {@code @BeforeEach}, or with {@link DescopeEmulatorExtension#of} at the start. For the same reason the tests of a class so
 * annotated run one after the other, even where others run in parallel.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DescopeEmulatorExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface WithDescopeEmulator {}
