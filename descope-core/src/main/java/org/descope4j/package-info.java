/**
 * The conversation with Descope: asking for magic links, redeeming them, keeping and ending sessions.
 *
 * <p>Start at {@link org.descope4j.Descope}. This package knows HTTP and JSON, and nothing of servlets; whether a token
 * is acceptable is decided in {@link org.descope4j.session}.
 */
@NullMarked
package org.descope4j;

import org.jspecify.annotations.NullMarked;
