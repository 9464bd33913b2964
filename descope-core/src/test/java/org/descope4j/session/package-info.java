/** Tests of the judgement of a token: whole corpora of forged, damaged and genuine tokens, and of key documents. */
@NullMarked
package org.descope4j.session;

import org.jspecify.annotations.NullMarked;
