/**
 * The judgement of a token, offline: who signed it, for whom, until when.
 *
 * <p>Start at {@link org.descope4j.session.SessionValidator}. This package knows no HTTP and no servlet; keys come from a
 * {@link org.descope4j.session.KeySource}.
 */
@NullMarked
package org.descope4j.session;

import org.jspecify.annotations.NullMarked;
