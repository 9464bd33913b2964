/**
 * Tests of applications that use Descope for Jakarta EE: users without a server, and session JWTs of every kind.
 *
 * <p>Start with {@link org.descope4j.test.WithDescopeUser} for tests of servlets, resources and beans in this process, and with
 * {@link org.descope4j.test.DescopeTokens} for JWTs to send to an application that runs.
 *
 * <p>This package judges nothing itself: it signs JWTs with a real key, and the validator of production says who is signed in by
 * them. It must never be on the class path of an application in production.
 */
@NullMarked
package org.descope4j.test;

import org.jspecify.annotations.NullMarked;
