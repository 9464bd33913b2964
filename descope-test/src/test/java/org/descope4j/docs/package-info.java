/** Tests of what the documents show. */
@NullMarked
package org.descope4j.docs;

import org.jspecify.annotations.NullMarked;
