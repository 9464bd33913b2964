/**
 * The emulator in JUnit tests: {@link org.descope4j.emulator.junit.WithDescopeEmulator} starts one for a test class, hands it to
 * whoever asks for it, and resets it before each test.
 *
 * <p>Needs JUnit 5.13 or later on the test class path, which the emulator does not bring along.
 */
@NullMarked
package org.descope4j.emulator.junit;

import org.jspecify.annotations.NullMarked;
