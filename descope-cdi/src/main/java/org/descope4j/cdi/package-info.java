/**
 * The signed-in user for CDI beans and Jakarta REST resources, and MicroProfile Config as a source of configuration.
 *
 * <p>Inject {@link org.descope4j.servlet.DescopePrincipal} where somebody must be signed in,
 * {@link org.descope4j.cdi.SignedInUser} where nobody may be, and {@link org.descope4j.Descope} to talk to the service. This package
 * decides nothing: identity comes from the session filter. Beans agree with the request in each of its dispatches, on the thread that
 * serves it; in another thread there is a user only where the server hands the request scope on. A task that runs on the thread of
 * another request sees that request's user.
 *
 * <p>The injected {@link org.descope4j.Descope} is the connection of the application that calls: that of the request being served, else that of
 * the thread's context class loader, else the only one there is. So it works in any thread of a WAR. Where applications of one EAR
 * share these classes, a thread that works for none of them gets an {@link IllegalStateException}: hand it what
 * {@code magicLinks()}, {@code sessions()} or {@code validator()} returned while a request was being served.
 */
@NullMarked
package org.descope4j.cdi;

import org.jspecify.annotations.NullMarked;
