/** An application whose protected pages, of every kind, say one and the same word, which nobody may read without signing in. */
@NullMarked
package org.descope4j.it.variants;

import org.jspecify.annotations.NullMarked;
