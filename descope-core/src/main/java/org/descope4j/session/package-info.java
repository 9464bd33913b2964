/**
 * The judgement of a token, offline: who signed it, for whom, until when.
 *
 * <p>Start at {@link org.descope4j.session.SessionValidator}: it takes the text of a token apart strictly, judges its
 * claims by {@link org.descope4j.session.TokenRules}, finds the key in a {@link org.descope4j.session.KeySource} and
 * checks the signature. What it returns is proof; what it refuses is an
 * {@link org.descope4j.session.InvalidSessionException}; what it cannot tell is a
 * {@link org.descope4j.session.KeysUnavailableException}.
 *
 * <p>This package knows no HTTP and no servlet, and nothing of the rest of the project. Signatures are the business of
 * the Java platform: no decryption code stands behind a token (a JWE cannot even be tried).
 */
@NullMarked
package org.descope4j.session;

import org.jspecify.annotations.NullMarked;
