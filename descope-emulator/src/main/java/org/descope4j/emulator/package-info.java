/**
 * The Descope service on this machine, for development and tests: real HTTP, real keys, and an inbox that shows the magic links.
 *
 * <p>Start with {@link org.descope4j.emulator.DescopeEmulator#start()}. Not for production: anybody who reaches its port can sign in as
 * anybody, which is why it listens on the loopback interface only.
 *
 * <p>This package knows nothing of the other modules. Whatever it says about Descope's paths, fields and errors was written
 * independently, so that a field that both sides read wrongly is noticed by a test.
 */
@NullMarked
package org.descope4j.emulator;

import org.jspecify.annotations.NullMarked;
