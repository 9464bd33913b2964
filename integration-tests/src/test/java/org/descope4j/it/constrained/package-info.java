/** An application whose web.xml and whose beans leave it to the server who may see what. */
@NullMarked
package org.descope4j.it.constrained;

import org.jspecify.annotations.NullMarked;
