/**
 * The signed-in user for CDI beans and Jakarta REST resources, and MicroProfile Config as a source of configuration.
 *
 * <p>Inject {@link org.descope4j.servlet.DescopePrincipal} where somebody must be signed in,
 * {@link org.descope4j.cdi.SignedInUser} where nobody may be, and {@link org.descope4j.Descope} to talk to the service. This package
 * decides nothing: identity comes from the session filter.
 */
@NullMarked
package org.descope4j.cdi;

import org.jspecify.annotations.NullMarked;
