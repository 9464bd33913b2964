/**
 * Magic-link sign-in for any Servlet 6.0 container: filters, cookies, principal, roles, pages.
 *
 * <p>With this library in {@code WEB-INF/lib} and a project ID in the configuration there is nothing to write: see
 * {@link org.descope4j.servlet.DescopeInitializer} for how it starts, {@link org.descope4j.servlet.DescopeApplication} and
 * {@link org.descope4j.servlet.ServletSettings} for what can be set, {@link org.descope4j.servlet.DescopePrincipal} for who is signed
 * in. This package decides nothing about tokens, and knows nothing of CDI.
 */
@NullMarked
package org.descope4j.servlet;

import org.jspecify.annotations.NullMarked;
